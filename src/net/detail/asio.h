#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>

/// Seen by src/net/*.cpp only: Asio costs seconds in every file that includes it.
namespace hustings::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using ErrorOf = boost::system::error_code;

/// A connection with timeouts, on the executor of one thread.
using Stream = beast::basic_stream<tcp, asio::io_context::executor_type>;

/// `co_await stream.async_read_some(buffer, into(error))`: an error code in place of an exception.
inline auto into(ErrorOf& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace hustings::net
