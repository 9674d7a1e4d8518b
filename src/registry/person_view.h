#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

/// Why a person is one, and where each value of the profile comes from.
namespace hustings::registry {

/// The row of a file that an identity's newest version came with.
struct FileRow {
  ImportId import;
  std::string file_name;
  std::int64_t line = 0;  ///< 0: it was repeated by a later file whose line was not kept
  Instant at;             ///< when it was imported
};

/// An identity of a person, the person's own first.
struct IdentityShown {
  VoterId home;
  std::string source;
  std::string external_id;
  std::string name;  ///< as people read it
  std::optional<int> birth_year;
  FileRow row;
  int versions = 0;
  bool is_absent = false;  ///< the newest file of its source lacks it
  struct Why {
    std::string decided_by;  ///< "person:3", or "system"
    Instant at;
    std::optional<double> probability;
    std::string bits;  ///< JSON, or empty
  };
  std::optional<Why> why;  ///< nothing: it is the person's own
};

/// What one identity says of a field.
struct ValueShown {
  VoterId home;
  std::string source;
  std::string value;
  FileRow row;
};
/// A field of the profile with all that is known of it.
struct FieldShown {
  std::string_view name;   ///< of survivorship.h
  std::string_view group;  ///< survivorship.h
  bool may_be_blank = true;
  bool is_correctable = true;
  std::optional<std::string> value;        ///< that the profile shows
  std::optional<CorrectionId> correction;  ///< that it comes from
  std::optional<std::size_t> place;        ///< in `values`, where it comes from an identity
  std::vector<ValueShown> values;          ///< what the identities say, the newest first
};

}  // namespace hustings::registry
