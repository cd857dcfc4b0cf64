// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QMap>
#include <QWidget>

class QLineEdit;

namespace ui {

class TextLabel;

/// One value that a person is asked for.
struct ValueField {
    QString name;
    QString prompt; ///< the question; empty: the name is all there is
    QString initial;
    QString pattern; ///< must match wholly; empty: anything
    bool secret = false;
    bool required = true;
};

/// The declaration of a name in the plan, as a field; of an undeclared one, its name alone.
[[nodiscard]] ValueField fieldFor(const models::RunState& state, const QString& name);

/// A line for each value, with what is wrong beneath it.
class ValuesForm final : public QWidget {
    Q_OBJECT

public:
    explicit ValuesForm(const QList<ValueField>& fields, QWidget* parent = nullptr);

    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QMap<QString, QString> plainValues() const;
    [[nodiscard]] QMap<QString, QString> secretValues() const;
    void focusFirst();

Q_SIGNALS:
    void changed();
    /// Return in the last line.
    void submitted();

private:
    struct Row {
        ValueField field;
        QLineEdit* edit;
        TextLabel* remark;
    };

    [[nodiscard]] static QString complaint(const Row& row);
    void settle();

    QList<Row> m_rows;
};

} // namespace ui
