#include "ingest/source.h"

#include <algorithm>
#include <array>
#include <map>
#include <regex>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 2000;
constexpr std::size_t kNamesShown = 12;

/// The name without folders and without the ending of a packed file.
std::string base_of(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  const std::string lower = to_lower(name);
  for (const std::string_view ending : {".gz", ".zst", ".zstd"}) {
    if (lower.ends_with(ending)) return std::string(name.substr(0, name.size() - ending.size()));
  }
  return std::string(name);
}

std::ptrdiff_t depth_of(std::string_view name) { return std::count(name.begin(), name.end(), '/'); }

/// What lies beside the data in deliveries: papers, tables for people, hidden files.
bool is_no_text(std::string_view name) {
  constexpr std::array<std::string_view, 14> kEndings = {".pdf", ".doc",  ".docx", ".xls", ".xlsx",
                                                         ".htm", ".html", ".xml",  ".md",  ".rtf",
                                                         ".jpg", ".png",  ".zip",  ".md5"};
  const std::string base = to_lower(base_of(name));
  if (base.starts_with('.') || name.find("__MACOSX") != std::string_view::npos) return true;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return base.ends_with(ending); });
}

std::string some_of(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesShown); ++i)
    out += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kNamesShown) out += fmt::format(", and {} more", names.size() - kNamesShown);
  return out;
}

/// The key of the file if the pattern names it.
std::optional<std::string> key_of(const std::regex& pattern, std::string_view name) {
  const std::string base = base_of(name);
  std::smatch found;
  if (!std::regex_match(base, found, pattern)) return std::nullopt;
  return found.size() > 1 ? to_upper(found[1].str()) : std::string();
}

}  // namespace

Result<Source> Source::open(const fs::path& file) {
  Source source;
  TRY(source.add_file(file, file.filename().string(), true));
  source.parts_ = std::move(source.found_);
  return source;
}

Result<Source> Source::open(const ImportRequest& request, const Layout& layout) {
  Source source;
  const bool may_be_folder = layout.parts.has_value();
  TRY(source.add_path(request.file, may_be_folder));
  for (const fs::path& path : request.parts)
    TRY(source.add_path(path, may_be_folder));
  if (source.files_.size() == 1 && source.found_.size() == 1 &&
      source.found_.front().member.empty() && !request.file_name.empty()) {
    // An upload is kept under the name that people gave it.
    source.found_.front().name = request.file_name;
  }
  source.take_maps(layout);
  if (layout.parts) source.take_by_pattern(*layout.parts);
  if (source.parts_.empty()) TRY(source.take_what_is_there(layout));
  for (const SourcePart& left : source.found_)
    source.ignored_.push_back(left.name);
  source.found_.clear();
  std::sort(source.parts_.begin(), source.parts_.end(),
            [](const SourcePart& a, const SourcePart& b) { return a.name < b.name; });
  TRY(source.check_twice());
  TRY(source.check_complete(layout, request.parts_may_be_missing));
  TRY(source.check_maps(layout, request.parts_may_be_missing));
  return source;
}

Status Source::add_path(const fs::path& path, bool may_be_folder) {
  std::error_code error;
  if (!may_be_folder || !fs::is_directory(path, error)) {
    return add_file(path, path.filename().string(), true);
  }
  std::vector<fs::path> inside;
  for (auto at = fs::recursive_directory_iterator(path, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_regular_file(error)) inside.push_back(at->path());
    if (inside.size() > kFilesMax) {
      return refuse(ErrorCode::over_limit,
                    "The folder holds over 2,000 files. Name a folder with "
                    "the delivery alone.",
                    path.string());
    }
  }
  if (error) {
    return invalid(fmt::format("The folder cannot be read: {}.", error.message()), path.string());
  }
  if (inside.empty()) return invalid("The folder holds no file.", path.string());
  std::sort(inside.begin(), inside.end());
  for (const fs::path& file : inside) {
    std::string name = fs::relative(file, path, error).string();
    if (fs::file_size(file, error) == 0 || (is_no_text(name) && !name.ends_with(".zip"))) {
      ignored_.push_back(std::move(name));
      continue;
    }
    TRY(add_file(file, std::move(name), false));
  }
  return {};
}

Status Source::add_file(const fs::path& path, std::string name, bool given) {
  const std::size_t place = files_.size();
  files_.push_back(TRY(InputFile::open(path)));
  if (packing_of(*files_.back()) != Packing::zip) {
    found_.push_back({.file = place, .member = {}, .name = std::move(name), .key = {}});
    return {};
  }
  auto members = members_of(*files_.back());
  if (!members) {
    Error error = std::move(members).error();
    if (!given) error.where = name;
    return std::unexpected(std::move(error));
  }
  for (std::string& member : *members) {
    if (is_no_text(member)) {
      ignored_.push_back(std::move(member));
      continue;
    }
    found_.push_back({.file = place, .member = member, .name = std::move(member), .key = {}});
  }
  if (found_.size() > kFilesMax) {
    return refuse(ErrorCode::over_limit, "The archive holds over 2,000 files.", path.string());
  }
  return {};
}

void Source::take_maps(const Layout& layout) {
  for (const LayoutCodeMap& map : layout.maps) {
    const std::regex pattern(map.pattern, std::regex::icase);
    std::erase_if(found_, [&](SourcePart& part) {
      const auto key = key_of(pattern, part.name);
      if (!key) return false;
      part.key = *key;
      maps_.emplace_back(map.name, std::move(part));
      return true;
    });
  }
}

void Source::take_by_pattern(const LayoutParts& parts) {
  const std::regex pattern(parts.pattern, std::regex::icase);
  std::erase_if(found_, [&](SourcePart& part) {
    const auto key = key_of(pattern, part.name);
    if (!key) return false;
    part.key = *key;
    parts_.push_back(std::move(part));
    return true;
  });
  // Copies in folders further down are none of the delivery.
  std::map<std::string, std::ptrdiff_t> depths;
  for (const SourcePart& part : parts_) {
    const auto [at, is_new] = depths.try_emplace(part.key, depth_of(part.name));
    if (!is_new) at->second = std::min(at->second, depth_of(part.name));
  }
  std::erase_if(parts_, [&](SourcePart& part) {
    if (part.key.empty() || depth_of(part.name) == depths.at(part.key)) return false;
    found_.push_back(std::move(part));
    return true;
  });
}

Status Source::take_what_is_there(const Layout& layout) {
  const bool packed = std::any_of(found_.begin(), found_.end(),
                                  [](const SourcePart& part) { return !part.member.empty(); });
  const bool named = !packed && files_.size() == found_.size() && !found_.empty();
  if (found_.empty()) {
    return invalid(ignored_.empty()
                       ? std::string("The archive holds no file.")
                       : fmt::format("There is no text file in it, only: {}.", some_of(ignored_)),
                   files_.front()->path().string());
  }
  if (layout.parts && found_.size() > 1) {
    std::vector<std::string> names;
    for (const SourcePart& part : found_)
      names.push_back(part.name);
    return invalid(fmt::format("None of the {} files has a name as the layout '{}' expects it: {}. "
                               "Name the one file that is meant.",
                               names.size(), layout.name, some_of(names)),
                   files_.front()->path().string());
  }
  is_uncertain_ = !named && found_.size() > 1;
  parts_ = std::move(found_);
  found_.clear();
  return {};
}

Status Source::check_twice() {
  std::map<std::string, std::string> seen;
  for (const SourcePart& part : parts_) {
    if (part.key.empty()) continue;
    const auto [at, is_new] = seen.try_emplace(part.key, part.name);
    if (is_new) continue;
    return invalid(fmt::format("Two files are the same part '{}': {} and {}. Give those of one "
                               "delivery.",
                               part.key, at->second, part.name),
                   "file");
  }
  return {};
}

Status Source::check_complete(const Layout& layout, bool may_be_missing) {
  const bool by_name = !parts_.empty() && !parts_.front().key.empty();
  if (!layout.parts || layout.parts->expected.empty() || !by_name) return {};
  if (parts_.size() == 1 && layout.parts->one_is_enough) return {};
  for (const std::string& expected : layout.parts->expected) {
    const bool is_there = std::any_of(parts_.begin(), parts_.end(), [&](const SourcePart& part) {
      return part.key == to_upper(expected);
    });
    if (!is_there) missing_.push_back(expected);
  }
  if (missing_.empty() || may_be_missing) return {};
  return invalid(
      fmt::format("{} of the {} parts that the layout '{}' expects are missing: {}. Their voters "
                  "would look as if they had gone. Give all parts, or say that parts may be "
                  "missing.",
                  missing_.size(), layout.parts->expected.size(), layout.name, some_of(missing_)),
      "parts");
}

Status Source::check_maps(const Layout& layout, bool may_be_missing) const {
  if (may_be_missing) return {};
  for (const LayoutCodeMap& map : layout.maps) {
    std::vector<std::string> without;
    for (const SourcePart& part : parts_) {
      if (map_of(map, part.key) == nullptr) without.push_back(part.name);
    }
    if (without.empty()) continue;
    return invalid(fmt::format("The file of codes '{}' is missing for: {}. Without it columns of "
                               "this layout mean nothing. Give it too, or say that parts may be "
                               "missing.",
                               map.name, some_of(without)),
                   "parts");
  }
  return {};
}

const SourcePart* Source::map_of(const LayoutCodeMap& map, std::string_view key) const {
  for (const auto& [name, part] : maps_) {
    if (name == map.name && (part.key.empty() || part.key == key)) return &part;
  }
  return nullptr;
}

void Source::ignore_parts(const std::vector<bool>& which) {
  std::vector<SourcePart> kept;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (which[i]) {
      ignored_.push_back(parts_[i].name);
    } else {
      kept.push_back(std::move(parts_[i]));
    }
  }
  parts_ = std::move(kept);
}

Result<std::unique_ptr<TextStream>> Source::open_part(const SourcePart& part) {
  return open_text(*files_.at(part.file), part.member);
}

std::int64_t Source::bytes() const {
  std::int64_t out = 0;
  for (const auto& file : files_)
    out += file->bytes();
  return out;
}

std::int64_t Source::bytes_done() const {
  std::int64_t out = 0;
  for (const auto& file : files_)
    out += file->bytes_done();
  return out;
}

std::string Source::sha256() {
  if (files_.size() == 1) return files_.front()->sha256();
  std::vector<std::string> digests;
  for (const auto& file : files_)
    digests.push_back(file->sha256());
  std::sort(digests.begin(), digests.end());
  return Sha256::of(join(digests, ""));
}

}  // namespace hustings::ingest
