// SPDX-License-Identifier: GPL-3.0-or-later
// barewindow WIDTH HEIGHT: a Qt Widgets window with nothing in it, which says on standard error
// when it has been painted.
#include <QApplication>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace {

class BareWindow final : public QWidget {
protected:
    bool event(QEvent* event) override {
        const bool isFirst = event->type() == QEvent::UpdateRequest && !m_isPainted;
        m_isPainted = m_isPainted || isFirst;
        if (isFirst)
            QTimer::singleShot(0, this, [] { std::fputs("start: painted\n", stderr); });
        return QWidget::event(event);
    }

private:
    bool m_isPainted = false;
};

} // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    const QStringList size = QApplication::arguments().mid(1);
    BareWindow window;
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    return QApplication::exec();
}
