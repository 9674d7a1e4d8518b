#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "app/installation.h"
#include "base/counted.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "ingest/importer.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;

/// A file that is not there yet: mended rows are not written over.
class NewFile {
 public:
  static Result<NewFile> open(const fs::path& path) {
    std::FILE* file = std::fopen(path.c_str(), "wbx");
    if (file == nullptr) {
      return invalid("The file cannot be made, or is there already. Name another one.",
                     path.string());
    }
    return NewFile(file, path);
  }
  void write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
  }
  void close() {
    if (std::fclose(file_.release()) != 0) fail();
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  NewFile(std::FILE* file, fs::path path) : file_(file), path_(std::move(path)) {}
  void fail() const { throw Failure("The disk refuses: " + path_.string() + "."); }
  std::unique_ptr<std::FILE, Close> file_;
  fs::path path_;
};

std::string csv_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

/// The rows as the file had them, and beside them the reasons, line by line.
Status write(const Config& config, const RejectsArguments& arguments) {
  constexpr int kPage = 1000;
  const auto id = ImportId::from_text(arguments.import);
  if (!id) return invalid("Name an import as 'hustings imports' lists it: imp_….");
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  ingest::Importer& importer = installation->importer();
  const std::string header = TRY(importer.begin_of_rejected_rows(*id));
  NewFile rows = TRY(NewFile::open(arguments.out));
  const fs::path beside = arguments.out.string() + ".reasons.csv";
  NewFile reasons = TRY(NewFile::open(beside));
  rows.write(header);
  reasons.write("line,line_of_import,column,reason\r\n");
  std::int64_t line = header.empty() ? 0 : 1;
  std::int64_t count = 0;
  std::int64_t after = 0;
  while (true) {
    const auto rejects = importer.rejects(*id, after, kPage);
    for (const ingest::Reject& reject : rejects) {
      rows.write(reject.raw + '\n');
      reasons.write(fmt::format("{},{},{},{}\r\n", ++line, reject.line,
                                csv_text(reject.column.value_or("")), csv_text(reject.reason)));
      ++count;
    }
    if (std::ssize(rejects) < kPage) break;
    after = rejects.back().line;
  }
  rows.close();
  reasons.close();
  fmt::print("{} in {}, the reasons in {}\n", counted(count, "row", "rows"), arguments.out.string(),
             beside.string());
  fmt::print("When they are mended: hustings import {} --mends {}\n", arguments.out.string(),
             id->text());
  return {};
}

}  // namespace

int write_rejects(const Config& config, const RejectsArguments& arguments) {
  const Status done = write(config, arguments);
  if (done) return 0;
  fmt::print(stderr, "hustings: {}\n", done.error().text());
  return 2;
}

}  // namespace hustings::cli
