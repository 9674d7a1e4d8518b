#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "feed/feed.h"
#include "pg/connection.h"
#include "segments/electorate.h"
#include "segments/history.h"

/// What changes of the feed mean for the columns: some say it all in their payload, for others rows
/// must be read again.
namespace hustings::segments {

struct AttemptSeen {
  VoterId voter;
  Attempt attempt;
};
struct AnswerSeen {
  VoterId voter;
  QuestionId question;
  Said said;
  Instant at;
};
struct VoteSeen {
  VoterId voter;
  ElectionId election;
};
struct ScoresSeen {
  VoterId voter;
  Scores scores;
  std::map<std::string, int> others;
};
struct ConsentSeen {
  VoterId voter;
  ConsentPurpose purpose;
  ConsentChannel channel;
  ConsentState state;
};
struct MemberSeen {
  VoterId voter;
  ListId list;
  int arm;
};

/// Rows to read again.
struct Reread {
  struct Import {
    ImportId id;
    std::string kind;  ///< voters, history, scores
    std::int64_t rows = 0;
  };
  std::vector<Import> imports;
  std::vector<VoterId> voters;
  /// Joined or split, and in `voters` too: read with everything that hangs on them.
  std::set<VoterId> persons;
  std::vector<std::int64_t> numbers;
  std::vector<ListId> lists;
  bool questions = false;
  bool phonebanks = false;
  bool any() const {
    return !imports.empty() || !voters.empty() || !numbers.empty() || !lists.empty() || questions ||
           phonebanks;
  }
};

/// A batch of changes, ready to be applied.
struct Batch {
  feed::Position position = 0;
  std::vector<ElectionInfo> elections;
  std::vector<QuestionInfo> questions;
  std::vector<VoterRecord> voters;
  std::vector<VoterId> gone;  ///< read again, and not there any more
  std::vector<ScoresSeen> scores;
  std::vector<VoteSeen> votes;
  std::vector<std::variant<AttemptSeen, AnswerSeen>> contacts;  ///< in the order of the feed
  std::vector<std::variant<AttemptSeen, AnswerSeen>> contacts_of_persons;  ///< all of them
  std::vector<ConsentSeen> consents;             ///< in the order of the feed
  std::vector<ConsentSeen> consents_of_persons;  ///< all of them
  std::vector<ListInfo> lists;
  std::vector<MemberSeen> members;
  std::vector<PhonebankInfo> phonebanks;
  Reread reread;
  bool is_undo = false;        ///< rows have gone: only a load knows what is left
  bool is_unreadable = false;  ///< a payload that is not as agreed: only a load makes sure

  void add(std::span<const feed::Entry> entries);
  /// Reads what `reread` names.
  void read_rows(pg::Connection& connection);
  /// False if it speaks of a voter whom the electorate does not know.
  [[nodiscard]] bool apply_to(Electorate& electorate) const;

 private:
  void add(const feed::Entry& entry);
  void add_contact(const feed::Entry& entry);
  void add_suppression(const feed::Entry& entry);
  void add_consent(const feed::Entry& entry);
  void add_joined(const feed::Entry& entry);
  void add_persons(const feed::Entry& entry);
  void read_persons(pg::Connection& connection);
  bool apply_contacts(Electorate& electorate) const;
  void read_import(pg::Connection& connection, const Reread::Import& import);
  void read_list(pg::Connection& connection, ListId list);
  void take_voters(const pg::Rows& rows);
  bool apply_history(Electorate& electorate) const;
};

}  // namespace hustings::segments
