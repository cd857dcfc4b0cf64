// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/hostplaces.h"

#include "tests/support/fakeplace.h"

#include <QTest>

using app::HostPlaces;
using models::AskedBy;

namespace {

models::Host hostAt(const QString& name, const QString& ssh) {
    models::Host host;
    host.name = name;
    host.ssh = ssh;
    return host;
}

} // namespace

class TestHostPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlaceIsMadeOnce() {
        tests::FakeHost fake;
        QStringList made;
        QList<AskedBy> asking;
        HostPlaces places([&](const models::Host& host, models::AskedBy askedBy) {
            made.append(host.ssh);
            asking.append(askedBy);
            return std::make_unique<tests::FakePlace>(fake, host.name);
        });
        const auto first =
            places.at(hostAt(u"web-1"_qs, u"ops@web-1.example.com"_qs), AskedBy::Person);
        const auto other =
            places.at(hostAt(u"web-2"_qs, u"ops@web-2.example.com"_qs), AskedBy::Person);
        // By another name in another environment it is the same host.
        const auto again =
            places.at(hostAt(u"front"_qs, u"ops@web-1.example.com"_qs), AskedBy::Person);
        QVERIFY(first && other && again);
        QCOMPARE(*again, *first);
        QVERIFY(*other != *first);
        QCOMPARE(made, (QStringList{u"ops@web-1.example.com"_qs, u"ops@web-2.example.com"_qs}));
        // What the program does by itself is not done as a person's wish.
        const auto byItself =
            places.at(hostAt(u"web-1"_qs, u"ops@web-1.example.com"_qs), AskedBy::Program);
        QVERIFY(byItself);
        QVERIFY(*byItself != *first);
        QCOMPARE(asking, (QList{AskedBy::Person, AskedBy::Person, AskedBy::Program}));
    }

    void aHostWithoutAWayIsNamed() {
        HostPlaces places([](const auto&...) { return nullptr; });
        const auto host =
            places.at(hostAt(u"web-1"_qs, u"ops@web-1.example.com"_qs), AskedBy::Person);
        QVERIFY(!host);
        QCOMPARE(host.error().code, models::ErrorCode::NotFound);
        QCOMPARE(host.error().message, u"There is no way to web-1."_qs);
        QCOMPARE(places.at(hostAt(u"local"_qs, {}), AskedBy::Person).error().message,
                 u"There is no way to this machine."_qs);
    }
};

QTEST_GUILESS_MAIN(TestHostPlaces)
#include "tst_hostplaces.moc"
