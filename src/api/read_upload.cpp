#include "api/read_upload.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace hustings::api {

Result<std::string> read_upload(const Context& context) {
  constexpr std::int64_t kBytesMax = 64LL << 20;
  const net::UploadedFile& file = context.upload();
  std::string text;
  if (file.bytes <= kBytesMax) {
    std::ifstream in(file.path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::error_code ignored;
  std::filesystem::remove(file.path, ignored);  // what stays is cleared away with stale uploads
  if (file.bytes > kBytesMax) return refuse(ErrorCode::over_limit, "A sheet has at most 64 MiB.");
  if (std::ssize(text) != file.bytes) throw Failure("The uploaded sheet cannot be read back.");
  return text;
}

}  // namespace hustings::api
