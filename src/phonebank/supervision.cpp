#include "phonebank/supervision.h"

#include <fmt/format.h>

#include "base/text.h"
#include "feed/feed.h"
#include "model/disposition.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// Thousands of callers ask every few seconds; the database is asked this often.
constexpr std::chrono::seconds kMessagesKept{3};
constexpr std::chrono::hours kMessageLongest{24};
constexpr int kMessagesMax = 100;
constexpr int kRoomsMax = 20;
constexpr int kBoardMax = 50;
constexpr std::chrono::hours kBoardSpan{24};

Room room_from(const pg::Row& row, int column) {
  return {.state = std::string(row.text(column)),
          .language = std::string(row.text(column + 1)),
          .team = std::string(row.text(column + 2)),
          .takes_guests = row.get<bool>(column + 3)};
}

feed::Change saved(PhonebankId id, const std::string& actor, std::string payload) {
  return {.kind = ChangeKind::phonebank_saved,
          .subject = feed::subject_of("phonebank", id),
          .actor = actor,
          .payload = std::move(payload)};
}

}  // namespace

std::vector<CallsAt> Supervision::hours(PhonebankId phonebank, Instant since, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<CallsAt> hours;
  for (const pg::Row row : connection->run(sql::kCallsPerHour, phonebank, since)) {
    hours.push_back({row.get<Instant>(0), {row.get<std::int64_t>(1), row.get<std::int64_t>(2)}});
  }
  return hours;
}

std::vector<QualityRow> Supervision::quality(PhonebankId phonebank, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<QualityRow> rows;
  for (const pg::Row row :
       connection->run(sql::kCallerQuality, phonebank, kHasty.count(), kRowsMax)) {
    rows.push_back({.person = row.get<PersonId>(0),
                    .name = std::string(row.text(1)),
                    .calls = {row.get<std::int64_t>(2), row.get<std::int64_t>(3)},
                    .median_seconds = row.get<double>(4),
                    .hasty = row.get<std::int64_t>(5),
                    .unspoken = row.get<std::int64_t>(6),
                    .barring = row.get<std::int64_t>(7),
                    .late = row.get<std::int64_t>(8),
                    .changed = row.get<std::int64_t>(9)});
  }
  return rows;
}

Waits Supervision::waits(PhonebankId phonebank, Instant since, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const std::chrono::seconds longest = kBreak;
  const auto rows = connection->run(sql::kWaits, phonebank, since, longest.count());
  const pg::Row row = rows.only();
  return {.counted = row.get<std::int64_t>(0),
          .median_seconds = row.get<double>(1),
          .most_seconds = row.get<double>(2),
          .longest_seconds = row.get<double>(3)};
}

std::vector<VoterCalls> Supervision::calls_by_voter(PhonebankId phonebank, Deadline deadline) {
  std::vector<std::string> spoken;
  for (const Disposition disposition : all_dispositions()) {
    if (effect_of(disposition).spoken) spoken.emplace_back(to_string(disposition));
  }
  const auto connection = pool_.acquire(deadline);
  std::vector<VoterCalls> voters;
  for (const pg::Row row : connection->run(sql::kCallsByVoter, phonebank, kTriesRead, spoken)) {
    voters.push_back({row.get<VoterId>(0), {row.get<std::int64_t>(1), row.get<std::int64_t>(2)}});
  }
  return voters;
}

Status Supervision::send(PhonebankId phonebank, std::optional<PersonId> person,
                         const std::string& text, std::chrono::minutes length,
                         const std::string& actor, Deadline deadline) {
  const auto words = trim(text);
  if (words.empty() || words.size() > kMessageMax) {
    return invalid(fmt::format("Write 1 to {} letters.", kMessageMax), "text");
  }
  if (length < std::chrono::minutes(1) || length > kMessageLongest) {
    return invalid("A message is shown for 1 minute to 24 hours.", "minutes");
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto sent = transaction.run(sql::kSendMessage, phonebank, person, words, actor,
                                    length.count(), time_.given());
  if (sent.empty()) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  const feed::Change change =
      saved(phonebank, actor, fmt::format(R"({{"message":{}}})", sent[0].get<std::int64_t>(0)));
  feed::commit(transaction, {&change, 1});
  forget_messages(phonebank);
  return {};
}

void Supervision::forget_messages(PhonebankId phonebank) { messages_.lock()->erase(phonebank); }

std::optional<std::string> Supervision::message_for(const Caller& caller, Deadline deadline) {
  const auto now = std::chrono::steady_clock::now();
  const auto newest = [&caller](const Kept& kept) -> std::optional<std::string> {
    for (const Message& message : kept.messages) {
      if (message.ends_at <= kept.moment) continue;
      if (!message.person || *message.person == caller.person) return message.text;
    }
    return std::nullopt;
  };
  {
    const auto kept = messages_.lock();
    const auto found = kept->find(caller.phonebank);
    if (found != kept->end() && found->second.good_until > now) return newest(found->second);
  }
  Kept fresh;
  fresh.good_until = now + kMessagesKept;
  const auto connection = pool_.acquire(deadline);
  for (const pg::Row row :
       connection->run(sql::kMessages, caller.phonebank, time_.given(), kMessagesMax)) {
    fresh.moment = row.get<Instant>(3);
    fresh.messages.push_back(
        {row.get<std::optional<PersonId>>(0), std::string(row.text(1)), row.get<Instant>(2)});
  }
  auto text = newest(fresh);
  (*messages_.lock())[caller.phonebank] = std::move(fresh);
  return text;
}

Result<Room> Supervision::room(PhonebankId phonebank, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kGetRoom, phonebank);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  return room_from(rows[0], 0);
}

Status Supervision::set_room(PhonebankId phonebank, const Room& room, const std::string& actor,
                             Deadline deadline) {
  for (const auto& [word, where] :
       {std::pair(&room.state, "state"), std::pair(&room.language, "language"),
        std::pair(&room.team, "team")}) {
    if (trim(*word).size() > kRoomWordMax) {
      return invalid(fmt::format("At most {} letters.", kRoomWordMax), where);
    }
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto set = transaction.run(sql::kSetRoom, phonebank, trim(room.state), trim(room.language),
                                   trim(room.team), room.takes_guests);
  if (set.empty()) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  const feed::Change change =
      saved(phonebank, actor, fmt::format(R"({{"takes_guests":{}}})", room.takes_guests));
  feed::commit(transaction, {&change, 1});
  return {};
}

std::vector<RoomRow> Supervision::rooms_for(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<RoomRow> rooms;
  for (const pg::Row row : connection->run(sql::kRoomsWithWork, caller.phonebank, kRoomsMax)) {
    rooms.push_back({row.get<PhonebankId>(0), std::string(row.text(1)), room_from(row, 2)});
  }
  return rooms;
}

std::vector<BoardRow> Supervision::board(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<BoardRow> rows;
  for (const pg::Row row : connection->run(sql::kBoard, caller.phonebank, caller.person,
                                           time_.given(), kBoardSpan.count(), kBoardMax)) {
    rows.push_back({std::string(row.text(0)), row.get<std::int64_t>(1), row.get<bool>(2)});
  }
  return rows;
}

bool Supervision::is_on_board(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kOnBoard, caller.phonebank, caller.person);
  return !rows.empty() && rows[0].get<bool>(0);
}

void Supervision::show_on_board(const Caller& caller, bool shown, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  connection->run(sql::kShowOnBoard, caller.phonebank, caller.person, shown, time_.given());
}

}  // namespace hustings::phonebank
