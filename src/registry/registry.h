#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "registry/consent.h"
#include "registry/name_dictionary.h"
#include "registry/person_view.h"
#include "registry/persons.h"
#include "registry/suppression.h"
#include "registry/survivorship_policy.h"
#include "registry/undo.h"

/// Voters, households, phones, vote history and bars on contact: what the campaign knows of people.
namespace hustings::registry {

/// A line of a list of voters.
struct VoterSummary {
  VoterId id;
  std::string last_name;  ///< upper case, as kept; shown_name() for people
  std::string first_name;
  std::string middle_name;
  std::string suffix;
  std::optional<int> birth_year;
  std::optional<std::string> party;
  std::string county;
  std::optional<std::string> city;  ///< never of a protected voter
  std::string status;
  bool phone_present = false;
  bool is_protected = false;
};
/// "John Q Smith Jr"
std::string full_name(const VoterSummary& voter);

struct VoterQuery {
  /// "last, first", "first last", with typos too; a phone number, an e-mail address, an id,
  /// "123 Oak St 27601" or the same without the ZIP code; empty: everybody
  std::string text;
  std::string county;  ///< empty: all
  std::string cursor;  ///< of the page before
  int limit = 50;
};
struct VoterPage {
  std::vector<VoterSummary> items;
  std::optional<std::string> next;
  bool is_similar = false;  ///< nobody has the name as it was typed; these come near, nearest first
};

struct VoterPhone {
  PhoneNumber number = 0;
  std::string status;  ///< unknown, reached, wrong, disconnected
  std::optional<SuppressionReason> suppressed;
};
struct VoterScores {
  std::optional<int> support;
  std::optional<int> turnout;
  std::optional<int> persuadability;
  std::string other = "{}";  ///< further scores, a JSON object
  std::string runs = "{}";   ///< the import that each is of: {"support": 7, "other.climate": 9}
};
struct HouseholdMember {
  VoterId id;
  std::string name;
  std::optional<int> birth_year;
};
struct VoterVote {
  ElectionId election;
  std::string name;
  std::string held_on;  ///< "2022-11-08"
  std::string kind;
  std::optional<std::string> method;
  std::optional<std::string> party;
};
/// One row of a file that gave this profile its values.
struct SourceRecord {
  ImportId import;
  std::string source;
  std::string external_id;
  std::int64_t line = 0;
};

/// Values that somebody has put right by hand: they win over all files until they are ended.
struct Correction {
  VoterId voter;
  /// Names of survivorship.h with the values; nothing: the value is not known.
  std::vector<std::pair<std::string, std::optional<std::string>>> fields;
  std::string actor;  ///< "person:3"
};
struct CorrectionShown {
  CorrectionId id;
  std::string fields;  ///< a JSON object
  std::string actor;
  Instant at;
  std::optional<Instant> ended_at;
};

/// Everything that the registry knows of a voter. Of a protected voter: no address, no phone, no
/// household.
struct VoterProfile {
  VoterSummary summary;
  std::string external_id;
  std::optional<std::string> status_reason;
  std::optional<std::string> gender;
  std::optional<std::string> race;
  std::optional<std::string> ethnicity;
  std::optional<std::string> birth_place;
  std::optional<std::string> registered_on;
  std::string state;
  std::optional<std::string> street;
  std::optional<std::string> zip5;
  std::optional<std::string> zip4;
  std::optional<std::string> mail_address;
  std::optional<std::string> precinct;
  std::optional<std::string> municipality;
  /// Name and code: {"congressional", "02"}, then what the file calls the others.
  std::vector<std::pair<std::string, std::string>> districts;
  std::int32_t quality = 0;
  std::vector<VoterPhone> phones;
  std::optional<VoterScores> scores;
  std::vector<HouseholdMember> household;
  std::vector<VoterVote> votes;
  std::vector<SuppressionShown> suppressions;
  std::vector<SourceRecord> records;
  /// Since the file of which day the voter's source lacks the voter: "2026-03-01".
  std::optional<std::string> absent_since;
  std::vector<CorrectionShown> corrections;
};

/// All calls may come from several threads.
class Registry {
 public:
  Registry(pg::Pool& pool, const Clock& clock, Log& log) : pool_(pool), clock_(clock), log_(log) {}

  static constexpr int kPageMax = 500;

  Result<VoterPage> search(const VoterQuery& query, Deadline deadline = Deadline::never());
  /// An id that has joined another person leads to that person's profile, whose id is another then.
  Result<VoterProfile> profile(VoterId id, Deadline deadline = Deadline::never());
  /// What the feed says of the voter and of the voter's numbers, newest first.
  std::vector<feed::Entry> history(VoterId id, int limit, Deadline deadline = Deadline::never());

  /// Who is told of suppressions; set once, before anything else is called. May be null.
  void set_suppression_listener(SuppressionListener* listener) { listener_ = listener; }

  /// Adds a bar inside the caller's transaction, which must end with feed::commit() of `changes`:
  /// this appends to them. The same bar again is not added twice; its id comes back and nothing is
  /// appended.
  Result<SuppressionId> add_suppression(pg::Transaction& transaction,
                                        const Suppression& suppression,
                                        std::vector<feed::Change>& changes);
  Status end_suppression(pg::Transaction& transaction, SuppressionId id, std::string_view actor,
                         std::vector<feed::Change>& changes);
  /// The same in a transaction of their own.
  Result<SuppressionShown> suppress(const Suppression& suppression,
                                    Deadline deadline = Deadline::never());
  Result<SuppressionShown> end_suppression(SuppressionId id, std::string_view actor,
                                           Deadline deadline = Deadline::never());

  struct Barred {
    std::int64_t added = 0;   ///< numbers that were not barred for this reason before
    std::int64_t voters = 0;  ///< whom the added numbers belong to
  };
  /// Bars many numbers, ascending and none twice, in one transaction; `like` gives reason, source
  /// and actor. A number that is barred for the reason already is left as it is.
  Result<Barred> suppress_numbers(std::span<const PhoneNumber> numbers, const Suppression& like,
                                  Deadline deadline = Deadline::never());
  /// Ids as a source's files have them, or ours as text ("vtr_…"); none twice.
  struct IdsOfSource {
    std::string_view source;
    std::span<const std::string> ids;
  };
  struct BarredIds {
    std::int64_t added = 0;                  ///< persons who were not barred for this reason before
    std::int64_t before = 0;                 ///< persons who were
    std::int64_t unknown = 0;                ///< ids that name nobody
    std::vector<std::string> unknown_first;  ///< some of them, in order
  };
  /// Bars the persons whom many ids name, in one transaction; `like` gives reason, source and
  /// actor. Refused if nobody is named.
  Result<BarredIds> suppress_ids(const IdsOfSource& of, const Suppression& like,
                                 Deadline deadline = Deadline::never());
  /// The numbers that are barred for a reason now, ascending, above `after`, at most `limit`.
  std::vector<PhoneNumber> suppressed_numbers(SuppressionReason reason, PhoneNumber after,
                                              int limit, Deadline deadline = Deadline::never());

  /// Keeps a word on consent. The newest word on a purpose and a channel counts (of two at one
  /// moment the withdrawal); one that bars calls holds in every phone bank when this returns.
  Status record_consent(VoterId home, const Consent& consent,
                        Deadline deadline = Deadline::never());
  /// campaign/calling_choice.h
  std::string home_country(Deadline deadline = Deadline::never());

  /// Every word of a voter on consent, newest first.
  std::vector<ConsentShown> consents(VoterId id, Deadline deadline = Deadline::never());

  /// Puts values right by hand. Of two corrections of a field the later one counts.
  Result<CorrectionId> correct(const Correction& correction, Deadline deadline = Deadline::never());
  /// The values of the files count again.
  Status end_correction(CorrectionId id, std::string_view actor,
                        Deadline deadline = Deadline::never());

  /// The identities of a person, and why they are one person.
  Result<std::vector<IdentityShown>> identities(VoterId id, Deadline deadline = Deadline::never());
  /// Every field of a profile: what it shows, where that comes from, what else is said. Of a
  /// protected voter without what leads to the door.
  Result<std::vector<FieldShown>> fields(VoterId id, Deadline deadline = Deadline::never());

  /// Which identity each group of fields is taken from, in the order of the groups.
  std::vector<GroupPolicy> policies(Deadline deadline = Deadline::never());
  /// Changes that, and writes the profiles of everybody with several identities anew, in one
  /// transaction and beyond `deadline` if need be. Returns how many they are.
  Result<std::int64_t> set_policy(std::string_view group, Policy policy, std::string_view actor,
                                  Deadline deadline = Deadline::never());

  /// Who is told when voters vanish with an undone import; set once, as above. May be null.
  void set_removal_listener(RemovalListener* listener) { removal_listener_ = listener; }
  /// Who follows when persons are joined or split; for join_persons() and split_person(). Set once,
  /// as above. May be null.
  void set_person_listener(PersonListener* listener) { person_listener_ = listener; }
  PersonListener* person_listener() const { return person_listener_; }
  /// For whoever has taken voters away, in the same transaction.
  void tell_voters_removed(pg::Transaction& transaction);

  /// Why this voter may not be called at this number now; nothing if nothing bars it. Protected
  /// voters are always barred.
  std::optional<SuppressionReason> reason_for(pg::Transaction& transaction, PhoneNumber number,
                                              VoterId voter);

 private:
  Result<BarredIds> suppress_ids_once(const IdsOfSource& of, const Suppression& like,
                                      Deadline deadline);
  void bar_part(pg::Transaction& transaction, std::span<const PhoneNumber> part,
                const Suppression& like, Barred& barred, std::vector<feed::Change>& changes);

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  SuppressionListener* listener_ = nullptr;
  RemovalListener* removal_listener_ = nullptr;
  PersonListener* person_listener_ = nullptr;
  NameDictionary names_known_;
};

}  // namespace hustings::registry
