#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hustings {

/// What can happen, as the feed names it. Subjects and payloads beside each; ids are numbers.
enum class ChangeKind : std::uint8_t {
  /// import:N {"kind":"voters|history|scores","rows":…}; readers re-read its rows.
  import_published,
  /// import:N {"kind":…,"rows":…,"passed":…,"voters_removed":…}; its rows are gone, or are those of
  /// later imports that said the same; readers load anew.
  import_undone,
  /// voter:N {"fields":[…]}
  voter_corrected,
  /// number:N, voter:N or, for a part of a file, suppression:N (the first of them)
  /// {"reason":…,"voters":[…]}
  suppression_added,
  /// number:N or voter:N {"voters":[…]}
  suppression_ended,
  /// voter:N {"purpose":…,"channel":…,"state":…,"counts":true}
  consent_recorded,
  /// voter:N {"attempt":…,"phonebank":…,"disposition":…,"at":…,
  ///          "answers":[{"question":…,"choice":…}]}
  attempt_recorded,
  /// voter:N {"question":…,"choice":…}: an answer without a call.
  answer_recorded,
  /// script:N {"version":…}
  script_saved,
  /// segment:N {"version":…}
  segment_saved,
  /// segment:N {}
  segment_removed,
  /// list:N {"segment":…,"size":…}
  list_frozen,
  /// phonebank:N {"state":…}
  phonebank_saved,
  /// person:N {"phonebank":…}
  caller_joined,
  /// person:N {}
  signed_in,
  /// person:N or "nobody" {"reason":…}
  sign_in_refused,
  /// person:N {"role":…}
  person_saved,
  /// phonebank:N {"link":…,"state":"made|revoked"}
  join_link_saved,
  /// archive:N {"tables":…,"rows":…}
  archive_written,
  /// voter:N {"decision":…,"kind":"same|different","homes":[…],"state":"made|ended"}
  identity_decided,
  /// match_run:N {"joined":…,"queued":…}
  matches_resolved,
  /// voter:N {"reason":…,"identities":…}: the person is gone from every table.
  voter_erased,
  /// voter:N {}: everything that is known of the person was downloaded.
  person_data_given,
  /// voter:N (who stays) {"joined":[…]}: these voters are one person with N now.
  persons_joined,
  /// voter:N {"split_off":M,"homes":[…]}: these identities of N are the person M now.
  person_split,
  /// voter:N (the first who stays) {"joined":count}; readers load anew.
  persons_joined_many,
  /// survivorship:G {"persons":…}: profiles of persons with several identities; readers load anew.
  survivorship_changed,
  /// campaign {"country":…,"state_hours":…}
  calling_rules_chosen,
  /// disposition:KEY {"like":…,"van_code":…}: the campaign's own, or another title or code.
  disposition_saved,
  /// voter:N {"attempt":…,"phonebank":…,"from":…,"disposition":…,"at":…,"answers":[…]}: what was
  /// saved of a call is another result now; answers that it brings are added.
  result_changed,
  /// segment:N {"version":…,"rows":…,"position":…}: a file of its voters was downloaded.
  segment_exported,
  /// spending:WHAT {"rows":…}: polls, prices, effects, limits or settings that plans are made of.
  spending_inputs_changed,
  /// commitment:N {"entries":…,"cents":…}: money committed, invoiced, paid or released.
  money_booked,
  /// plan:N {"inputs":…}
  plan_made,
  /// plan:N {"state":"approved|rejected","lines":…,"cents":…}
  plan_decided,
  /// experiment:N {"state":…}: begun, measuring, ended, or judged by something else.
  experiment_saved,
  /// list:N {"voters":[…],"arms":[…]}: who has joined the segment that phone banks follow.
  list_joined,
  /// form:N {"state":"made|closed"}
  form_saved,
  /// form:N {"links":…}: a file of personal links was downloaded.
  form_links_given,
};

std::string_view to_string(ChangeKind kind);  ///< "import_published"
std::optional<ChangeKind> change_kind_from(std::string_view text);

}  // namespace hustings
