// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QSaveFile>

#include <memory>

struct ZSTD_CCtx_s;

namespace app {

/// Writes a log file whole or not at all: what was there by that name stays until commit(). A name
/// that ends in ".zst" makes one zstd frame of it, with a checksum. One thread; it blocks as long
/// as the disk does.
class LogFileWriter {
public:
    explicit LogFileWriter(const QString& path);
    /// Without commit() nothing was written.
    ~LogFileWriter();
    Q_DISABLE_COPY_MOVE(LogFileWriter)

    [[nodiscard]] models::Result<void> open();
    [[nodiscard]] models::Result<void> write(QByteArrayView bytes);
    /// The size of the file that is there now.
    [[nodiscard]] models::Result<qint64> commit();

private:
    enum class Finish { No, Yes };

    [[nodiscard]] models::Result<void> pack(QByteArrayView bytes, Finish finish);
    [[nodiscard]] models::Result<void> put(const char* bytes, qint64 size);
    [[nodiscard]] tl::unexpected<models::Error> refused(const QString& advice) const;

    struct Release {
        void operator()(ZSTD_CCtx_s* context) const;
    };

    QSaveFile m_file;
    std::unique_ptr<ZSTD_CCtx_s, Release> m_packer; ///< null: as it is
    QByteArray m_packed;
    qint64 m_size = 0;
};

} // namespace app
