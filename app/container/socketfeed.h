// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/httpreply.h"
#include "app/container/logframes.h"
#include "app/log/logorigin.h"
#include "app/process/channel.h"

#include <memory>

namespace app {

/// A container's log over the runtime's API.
class SocketFeed final : public LogFeed {
    Q_OBJECT

public:
    /// Raw: of a container with a terminal, whose streams are one.
    enum class Form { Frames, Raw };

    /// place: for words. path with its query, encoded.
    SocketFeed(std::unique_ptr<Channel> channel, const QByteArray& path, Form form, QString place);

    void setFlow(Flow flow) override;

private:
    void take(const QByteArray& bytes);
    void takeBody(const QByteArray& body);
    void finish();
    void report(const End& end);

    std::unique_ptr<Channel> m_channel;
    const Form m_form;
    const QString m_place;
    HttpReply m_reply;
    LogFrames m_frames;
    QByteArray m_refusal; ///< the body of an answer that is an error
    bool m_hasBegun = false;
    bool m_hasEnded = false;
};

} // namespace app
