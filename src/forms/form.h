#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "model/ids.h"
#include "surveys/survey.h"

/// Web forms as plain values.
namespace hustings::forms {

struct FormTag {
  static constexpr std::string_view kPrefix = "frm_";
};
using FormId = Id<FormTag>;

/// A script that the voters of a list fill in themselves, each by a personal link.
struct Form {
  FormId id;
  std::string name;
  ListId list;
  std::string list_name;
  ScriptId script;
  std::string script_name;
  int script_version = 0;  ///< the form keeps asking this one
  Instant expires_at;
  std::optional<Instant> closed_at;
  Instant created_at;
  std::int64_t links = 0;
  std::int64_t opened = 0;
  std::int64_t begun = 0;  ///< some answers, not done
  std::int64_t done = 0;
};

/// A link as it is handed out once: the database keeps the token's hash only.
struct FormLink {
  VoterId voter;
  std::string external_id;  ///< in the voter's own file, to merge letters by
  std::string token;
};

/// What a voter who opens a link sees. Nothing of the voter.
struct Sheet {
  std::string name;
  surveys::Script script;
  std::uint64_t rotation = 0;  ///< where rotated choices begin: differs from link to link
  bool is_done = false;
  Instant expires_at;
  /// What was answered before, for the browser alone in which that was.
  std::vector<surveys::Answer> answers;
};

}  // namespace hustings::forms
