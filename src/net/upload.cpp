#include <string>
#include <system_error>

#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "base/text.h"
#include "net/detail/connection.h"
#include "net/detail/on_pool.h"
#include "net/detail/run_route.h"
#include "net/detail/upload_sink.h"

namespace hustings::net {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

Response too_large(std::uint64_t limit) {
  return refusal(413, "over_limit",
                 "The file may have " + with_thousands(static_cast<std::int64_t>(limit)) +
                     " bytes at most; upload.mebibytes_max sets this.");
}

std::optional<Response> refusal_for(UploadSink::Outcome outcome) {
  switch (outcome) {
    case UploadSink::Outcome::fine:
      return std::nullopt;
    case UploadSink::Outcome::disk_full:
      return refusal(507, "disk_full",
                     "The server's disk is full; nothing of the file was kept. Make room in the "
                     "data folder and send it again.");
    case UploadSink::Outcome::broken:
      break;
  }
  return refusal(503, "unavailable",
                 "The server cannot write to its upload folder; nothing of the file was kept.");
}

}  // namespace

asio::awaitable<bool> Connection::serve_upload(HeaderParser* header) {
  const bool expects_continue = to_lower(request_.header("expect")) == "100-continue";
  const std::uint64_t limit = state_.options.upload_bytes_max;
  if (header->content_length().value_or(0) > limit) {
    co_return co_await send(too_large(limit), false);
  }
  if (auto refused = co_await admit_upload(expects_continue)) {
    co_return co_await send(*std::move(refused), false);
  }
  if (auto refused = co_await receive(header)) {
    if (refused->status == 0) co_return false;  // the peer is gone
    co_return co_await send(*std::move(refused), false);
  }
  Response response = co_await run_route(&state_, &loop_, served_, &request_);
  if (response.status >= 400) {
    std::error_code ignored;
    std::filesystem::remove(request_.upload->path, ignored);
  }
  co_return co_await send(std::move(response), true);
}

asio::awaitable<std::optional<Response>> Connection::admit_upload(bool expects_continue) {
  std::optional<Response> refused;
  if (served_->route.admit) {
    request_.deadline = Deadline::after(state_.options.request_max);
    const auto job = [this, &refused] {
      try {
        refused = served_->route.admit(request_);
      } catch (const std::exception&) {
        refused = refusal(503, "unavailable", "Something this server needs is away just now.");
      }
    };
    const Ran ran = co_await run_on(state_.workers.get(), &loop_.io, request_.deadline, job);
    if (ran == Ran::refused) co_return refusal_full();
    if (ran == Ran::late) co_return refusal_late();
  }
  if (refused || !expects_continue) co_return refused;
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(state_.options.body_max);
  ErrorOf ignored;  // a peer that is gone is noticed when its body is read
  co_await asio::async_write(stream_, asio::buffer(kContinue), into(ignored));
  co_return std::nullopt;
}

asio::awaitable<std::optional<Response>> Connection::receive(HeaderParser* header) {
  http::request_parser<http::buffer_body> parser(std::move(*header));
  parser.body_limit(state_.options.upload_bytes_max);
  UploadSink sink(state_.options.upload_folder);
  std::string piece(kPieceBytes, '\0');
  while (sink.outcome() == UploadSink::Outcome::fine && !parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    stream_.expires_after(state_.options.body_max);
    ErrorOf error;
    co_await http::async_read(stream_, buffer_, parser, into(error));
    if (error == http::error::body_limit) co_return too_large(state_.options.upload_bytes_max);
    if (error && error != http::error::need_buffer) co_return Response{.status = 0};
    const std::string_view read(piece.data(), piece.size() - parser.get().body().size);
    state_.uploaded_bytes.add(read.size());
    const auto job = [&sink, read] { sink.write(read); };
    const Ran ran = co_await run_on(state_.disk.get(), &loop_.io, Deadline::never(), job);
    if (ran != Ran::done) co_return refusal_full();
  }
  if (auto refused = refusal_for(sink.outcome())) co_return refused;
  request_.upload = sink.finish();
  co_return std::nullopt;
}

}  // namespace hustings::net
