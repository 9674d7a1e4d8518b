#include "model/change.h"

#include <array>

namespace hustings {
namespace {

constexpr std::array<std::string_view, 39> kNames = {"import_published",
                                                     "import_undone",
                                                     "voter_corrected",
                                                     "suppression_added",
                                                     "suppression_ended",
                                                     "consent_recorded",
                                                     "attempt_recorded",
                                                     "answer_recorded",
                                                     "script_saved",
                                                     "segment_saved",
                                                     "segment_removed",
                                                     "list_frozen",
                                                     "phonebank_saved",
                                                     "caller_joined",
                                                     "signed_in",
                                                     "sign_in_refused",
                                                     "person_saved",
                                                     "join_link_saved",
                                                     "archive_written",
                                                     "identity_decided",
                                                     "matches_resolved",
                                                     "voter_erased",
                                                     "person_data_given",
                                                     "persons_joined",
                                                     "person_split",
                                                     "persons_joined_many",
                                                     "survivorship_changed",
                                                     "calling_rules_chosen",
                                                     "disposition_saved",
                                                     "result_changed",
                                                     "segment_exported",
                                                     "spending_inputs_changed",
                                                     "money_booked",
                                                     "plan_made",
                                                     "plan_decided",
                                                     "experiment_saved",
                                                     "list_joined",
                                                     "form_saved",
                                                     "form_links_given"};

}  // namespace

std::string_view to_string(ChangeKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

std::optional<ChangeKind> change_kind_from(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<ChangeKind>(i);
  }
  return std::nullopt;
}

}  // namespace hustings
