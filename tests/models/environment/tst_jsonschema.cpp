// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/jsonschema.h"
#include "models/environment/workspaceschema.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class TestJsonSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Editors read the file: `gantry schema` writes it anew.
    void theFileIsThatOfTheProgram() {
        QFile file(tests::sourceDir() + QStringLiteral("/resources/schema/gantry.schema.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), models::workspaceJsonSchema());
    }

    void everyReferenceLeadsSomewhere() {
        const QJsonObject root = schema();
        const QJsonObject definitions = root.value(QLatin1String("$defs")).toObject();
        QCOMPARE(definitions.size(), qsizetype(models::workspaceSchemas().size()));
        int references = 0;
        const std::function<void(const QJsonValue&)> look = [&](const QJsonValue& value) {
            if (value.isArray()) {
                for (const QJsonValue& each : value.toArray())
                    look(each);
                return;
            }
            const QJsonObject object = value.toObject();
            for (auto field = object.begin(); field != object.end(); ++field) {
                if (field.key() != QLatin1String("$ref")) {
                    look(*field);
                    continue;
                }
                ++references;
                const QString name = field->toString().section(u'/', -1);
                QVERIFY2(definitions.contains(name), qPrintable(name));
            }
        };
        look(root);
        QVERIFY(references >= definitions.size() - 1);
    }

    void knowsEveryKey() {
        const QJsonObject definitions = schema().value(QLatin1String("$defs")).toObject();
        const QJsonObject environment = definitions.value(QLatin1String("environment")).toObject();
        const QJsonObject keys = environment.value(QLatin1String("properties")).toObject();
        QVERIFY(keys.contains(QLatin1String("promote_from")));
        QVERIFY(keys.contains(QLatin1String("services")));
        QCOMPARE(environment.value(QLatin1String("additionalProperties")), QJsonValue(false));
    }

    void namesTheRuntimesOfAHost() {
        const QJsonObject definitions = schema().value(QLatin1String("$defs")).toObject();
        const QJsonObject host = definitions.value(QLatin1String("host")).toObject();
        const QJsonObject runtime = host.value(QLatin1String("properties"))
                                        .toObject()
                                        .value(QLatin1String("runtime"))
                                        .toObject();
        QCOMPARE(
            runtime.value(QLatin1String("enum")).toArray(),
            (QJsonArray{QLatin1String("docker"), QLatin1String("podman"), QLatin1String("none")}));
    }

private:
    static QJsonObject schema() {
        return QJsonDocument::fromJson(models::workspaceJsonSchema()).object();
    }
};

QTEST_GUILESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
