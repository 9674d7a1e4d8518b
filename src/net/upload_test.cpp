#include <csignal>
#include <fstream>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"
#include "net/testing/raw_socket.h"
#include "net/testing/test_server.h"

namespace hustings::net {
namespace {

using testing::eventually;
using ::testing::HasSubstr;
using testing::RawSocket;
using ::testing::StartsWith;
using testing::TestServer;

/// Answers with size and digest; keeps the file unless ?refuse=1.
void add_upload(Server& server) {
  Route route{.method = "PUT", .pattern = "/v1/uploads", .handle = [](const Request& request) {
                if (request.query_value("refuse")) return Response{.status = 409};
                return Response{
                    .content_type = "text/plain",
                    .body = std::to_string(request.upload->bytes) + ' ' + request.upload->sha256};
              }};
  route.is_upload = true;
  route.admit = [](const Request& request) -> std::optional<Response> {
    if (request.query_value("secret") == "yes") return std::nullopt;
    return problem_response(
        {.status = 403, .title = "Forbidden", .code = "forbidden", .detail = "No.", .where = {}});
  };
  server.add(std::move(route));
}

std::filesystem::path file_of(const TestServer& test, std::size_t bytes) {
  std::filesystem::create_directories(test.folder() / "source");
  const auto path = test.folder() / "source" / "data";
  std::string content(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i)
    content[i] = static_cast<char>(i * 31 + i / 1000);
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Upload, StreamsIntoAFileWithItsDigest) {
  TestServer test(add_upload);
  const auto source = file_of(test, 3'000'000);
  const auto response = test.client().send_file("PUT", "/v1/uploads?secret=yes", {}, source);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "3000000 " + to_hex(Sha256::of(bytes_of(source))));
  EXPECT_EQ(test.files(), 1);
}

TEST(Upload, AskedBeforeTheBodyIsRead) {
  TestServer test(add_upload);
  RawSocket socket(test.port());
  socket.send(
      "PUT /v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(socket.receive("}"), StartsWith("HTTP/1.1 403"));
  RawSocket admitted(test.port());
  admitted.send(
      "PUT /v1/uploads?secret=yes HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(admitted.receive("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  admitted.send("hello");
  EXPECT_THAT(admitted.receive(to_hex(Sha256::of("hello"))), StartsWith("HTTP/1.1 200"));
}

TEST(Upload, TooLargeIsRefusedAndNothingKept) {
  TestServer test(add_upload, [](Server::Options& options) { options.upload_bytes_max = 1000; });
  const auto response =
      test.client().send_file("PUT", "/v1/uploads?secret=yes", {}, file_of(test, 1001));
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 413);
  RawSocket chunked(test.port());
  chunked.send(
      "PUT /v1/uploads?secret=yes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "7d0\r\n" +
      std::string(2000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_THAT(chunked.receive("}"), StartsWith("HTTP/1.1 413"));
  EXPECT_TRUE(eventually([&] { return test.files() == 0; }));
}

TEST(Upload, AbortLeavesNoFile) {
  TestServer test(add_upload);
  {
    RawSocket socket(test.port());
    socket.send("PUT /v1/uploads?secret=yes HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" +
                std::string(20'000, 'x'));
    ASSERT_TRUE(eventually([&] { return test.files() == 1; }));
  }
  EXPECT_TRUE(eventually([&] { return test.files() == 0; }));
}

TEST(Upload, ARefusalByTheHandlerRemovesTheFile) {
  TestServer test(add_upload);
  const auto response =
      test.client().send_file("PUT", "/v1/uploads?secret=yes&refuse=1", {}, file_of(test, 10));
  EXPECT_EQ(response->status, 409);
  EXPECT_EQ(test.files(), 0);
}

TEST(Upload, AFolderThatCannotBeWrittenIs503) {
  TestServer test(add_upload,
                  [](Server::Options& options) { options.upload_folder = "/proc/none"; });
  const auto response =
      test.client().send_file("PUT", "/v1/uploads?secret=yes", {}, file_of(test, 10));
  EXPECT_EQ(response->status, 503);
  EXPECT_THAT(response->body, HasSubstr("nothing of the file was kept"));
}

/// Lets no file of this process grow beyond `bytes`, which the system tells like a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(Upload, AFullDiskIs507AndNothingKept) {
  TestServer test(add_upload);
  const auto source = file_of(test, 1'000'000);
  const FileSizeLimit limit(100'000);
  const auto response = test.client().send_file("PUT", "/v1/uploads?secret=yes", {}, source);
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 507);
  EXPECT_THAT(response->body, HasSubstr("disk is full"));
  EXPECT_TRUE(eventually([&] { return test.files() == 0; }));
}

}  // namespace
}  // namespace hustings::net
