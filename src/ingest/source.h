#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ingest/import.h"
#include "ingest/input_file.h"
#include "ingest/layout.h"
#include "ingest/text_stream.h"

namespace hustings::ingest {

/// A text of the delivery: a file, or a member of an archive.
struct SourcePart {
  std::size_t file = 0;  ///< place among the files that were opened
  std::string member;    ///< inside a zip archive
  std::string name;      ///< for people: "ALA_20260101.txt"
  std::string key;       ///< which of the expected parts it is, upper case: "ALA"
};

/// The files that one import reads: everything that was given, opened, and what of it is data. For
/// one thread. The files may be removed once it is open.
class Source {
 public:
  /// Opens the request's files, looks into folders and archives, and takes what the layout's
  /// pattern names. Refuses a delivery that lacks parts which the layout expects, with their list,
  /// unless the request allows it.
  static Result<Source> open(const ImportRequest& request, const Layout& layout);
  /// One file as it is.
  static Result<Source> open(const std::filesystem::path& file);

  const std::vector<SourcePart>& parts() const { return parts_; }
  /// The files of codes that belong to a part; a map without key belongs to every part. Null if
  /// there is none.
  const SourcePart* map_of(const LayoutCodeMap& map, std::string_view key) const;
  /// What was found and is no data, by name.
  const std::vector<std::string>& ignored() const { return ignored_; }
  /// Keys that the layout expects and that are not there.
  const std::vector<std::string>& missing() const { return missing_; }
  /// Leaves out parts, because other parts are the data.
  void ignore_parts(const std::vector<bool>& which);
  /// Nobody has said by name which members of the archive are the data.
  bool is_uncertain() const { return is_uncertain_; }

  Result<std::unique_ptr<TextStream>> open_part(const SourcePart& part);
  std::int64_t bytes() const;
  std::int64_t bytes_done() const;
  /// 32 raw bytes: of the one file, or of the files' digests in their order of value.
  std::string sha256();

 private:
  Status add_path(const std::filesystem::path& path, bool may_be_folder);
  Status add_file(const std::filesystem::path& path, std::string name, bool given);
  void take_by_pattern(const LayoutParts& parts);
  Status take_what_is_there(const Layout& layout);
  void take_maps(const Layout& layout);
  Status check_twice();
  Status check_complete(const Layout& layout, bool may_be_missing);
  Status check_maps(const Layout& layout, bool may_be_missing) const;

  std::vector<std::unique_ptr<InputFile>> files_;
  std::vector<SourcePart> found_;  // not yet taken
  std::vector<SourcePart> parts_;
  std::vector<std::pair<std::string, SourcePart>> maps_;  // by name of the map
  std::vector<std::string> ignored_;
  std::vector<std::string> missing_;
  bool is_uncertain_ = false;
};

}  // namespace hustings::ingest
