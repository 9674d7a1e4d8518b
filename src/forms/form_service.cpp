#include "forms/form_service.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "base/rng.h"
#include "base/secret.h"
#include "base/text.h"
#include "feed/feed.h"
#include "forms/draft_json.h"
#include "forms/link_token.h"
#include "forms/sql.h"
#include "surveys/script_draft.h"

namespace hustings::forms {
namespace {

constexpr int kRequestsMax = 120;  ///< from one address in a minute: a family behind one router
constexpr int kMissesMax = 20;
constexpr std::chrono::minutes kRequestsWindow{1};
constexpr std::chrono::minutes kMissesWindow{10};
constexpr std::chrono::days kOpenMax{366};
constexpr std::size_t kBrowserBytesMax = 100;

// What would show a stranger whose link it is, or needs a caller.
constexpr std::array<std::string_view, 6> kPersonal = {
    "{first_name}", "{last_name}", "{city}", "{party}", "{caller}", "{phonebank}"};

Status check_words(std::string_view text, std::string_view what) {
  for (const std::string_view variable : kPersonal) {
    if (text.find(variable) == std::string_view::npos) continue;
    return invalid(fmt::format("A form shows nothing of a voter to whoever has the link, and no "
                               "caller reads it: take {} out of {}, or write a script for forms.",
                               variable, what),
                   "script");
  }
  return {};
}

Status check_script(const surveys::Script& script) {
  if (script.questions.empty()) return invalid("This script asks nothing.", "script");
  TRY(check_words(script.introduction, "the introduction"));
  TRY(check_words(script.closing, "the closing"));
  for (const surveys::Question& question : script.questions)
    TRY(check_words(question.text, "the question " + question.key));
  for (const surveys::Translation& words : script.translations) {
    const std::string what = "the translation " + words.language;
    TRY(check_words(words.introduction, what));
    TRY(check_words(words.closing, what));
    for (const surveys::QuestionWords& question : words.questions)
      TRY(check_words(question.text, what));
  }
  return {};
}

Form form_of(const pg::Row& row) {
  return {.id = row.get<FormId>(0),
          .name = row.get<std::string>(1),
          .list = row.get<ListId>(2),
          .list_name = row.get<std::string>(3),
          .script = row.get<ScriptId>(4),
          .script_name = row.get<std::string>(5),
          .script_version = row.get<int>(6),
          .expires_at = row.get<Instant>(7),
          .closed_at = row.get<std::optional<Instant>>(8),
          .created_at = row.get<Instant>(9),
          .links = row.get<std::int64_t>(10),
          .opened = row.get<std::int64_t>(11),
          .begun = row.get<std::int64_t>(12),
          .done = row.get<std::int64_t>(13)};
}

feed::Change saved(FormId id, std::string_view state, const std::string& actor) {
  return {.kind = ChangeKind::form_saved,
          .subject = feed::subject_of("form", id),
          .actor = actor,
          .payload = fmt::format(R"({{"state":"{}"}})", state)};
}

std::string browser_hash(const std::string& browser) {
  if (browser.empty()) return {};
  return to_hex(token_hash(browser));
}

std::unexpected<Error> unknown_link() {
  return refuse(ErrorCode::not_found,
                "There is no such form. Open the link from your message again: all of it, to its "
                "last letter.",
                "token");
}

std::unexpected<Error> too_many() {
  return refuse(ErrorCode::overloaded,
                "Too many requests came from your connection. Wait some minutes and try again.",
                "token");
}

}  // namespace

struct FormService::Opened {
  FormId form;
  std::int16_t bucket = 0;
  VoterId home;
  VoterId voter;
  Sheet sheet;
  KeptDraft draft;
};

FormService::FormService(pg::Pool& pool, surveys::SurveyService& surveys, const Clock& clock,
                         Log& log)
    : pool_(pool),
      surveys_(surveys),
      clock_(clock),
      log_(log),
      requests_(kRequestsMax, kRequestsWindow),
      misses_(kMissesMax, kMissesWindow) {}

Result<Form> FormService::create(const Draft& draft) {
  if (draft.name.empty() || draft.name.size() > kFormNameBytesMax || !is_utf8(draft.name)) {
    return invalid(fmt::format("A form's name has 1 to {} bytes.", kFormNameBytesMax), "name");
  }
  const Instant now = clock_.now();
  if (draft.expires_at <= now || draft.expires_at > now + kOpenMax) {
    return invalid("A form ends later than now, and within a year.", "expires_at");
  }
  const surveys::Script script = TRY(surveys_.script(draft.script));
  TRY(check_script(script));
  FormId id;
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const auto list = transaction.run(sql::kListSize, draft.list);
    if (list.empty()) return refuse(ErrorCode::not_found, "There is no such list.", "list");
    if (list[0].get<std::int64_t>(0) > kFormVotersMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("A form has at most {} links; freeze a smaller list.",
                                with_thousands(kFormVotersMax)),
                    "list");
    }
    id = transaction
             .run(sql::kFormInsert, draft.name, draft.list, script.id, script.version,
                  draft.expires_at, draft.actor, now)
             .only()
             .get<FormId>(0);
    const feed::Change change = saved(id, "made", draft.actor);
    feed::commit(transaction, {&change, 1});
  }
  log_.info("form_made", {{"form", id.value()}, {"list", draft.list.value()}});
  return get(id);
}

Result<Form> FormService::get(FormId id) const {
  const auto rows = pool_.acquire()->run(sql::kForms, id, 1);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such form.");
  return form_of(rows[0]);
}

std::vector<Form> FormService::forms() const {
  std::vector<Form> out;
  const auto rows = pool_.acquire()->run(sql::kForms, std::optional<FormId>(), kFormsShown);
  for (const pg::Row row : rows)
    out.push_back(form_of(row));
  return out;
}

Result<Form> FormService::close(FormId id, const std::string& actor) {
  TRY(get(id));
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    if (!transaction.run(sql::kFormClose, id, clock_.now()).empty()) {
      const feed::Change change = saved(id, "closed", actor);
      feed::commit(transaction, {&change, 1});
    }
  }
  log_.info("form_closed", {{"form", id.value()}, {"actor", actor}});
  return get(id);
}

Result<std::vector<FormLink>> FormService::make_links(FormId id, const std::string& actor) {
  const Form form = TRY(get(id));
  if (form.closed_at || form.expires_at <= clock_.now()) {
    return refuse(ErrorCode::expired, "This form is closed: its links would open nothing.");
  }
  std::vector<FormLink> made;
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> homes;
  std::vector<std::string> hashes;
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const auto rows = transaction.run(sql::kLinkMembers, id, form.list);
  for (const pg::Row row : rows) {
    buckets.push_back(row.get<std::int16_t>(0));
    homes.push_back(row.get<VoterId>(1));
    made.push_back({.voter = row.get<VoterId>(2),
                    .external_id = row.get<std::string>(3),
                    .token = make_link_token(buckets.back())});
    hashes.push_back(to_hex(token_hash(made.back().token)));
  }
  std::unordered_set<VoterId> written;
  for (const pg::Row row : transaction.run(sql::kLinksSave, id, buckets, homes, hashes))
    written.insert(row.get<VoterId>(0));
  // Who sent the form just now keeps the link by which that is seen.
  std::vector<FormLink> links;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (written.contains(homes[i])) links.push_back(std::move(made[i]));
  }
  const feed::Change change{.kind = ChangeKind::form_links_given,
                            .subject = feed::subject_of("form", id),
                            .actor = actor,
                            .payload = fmt::format(R"({{"links":{}}})", links.size())};
  feed::commit(transaction, {&change, 1});
  log_.info("form_links_made", {{"form", id.value()}, {"links", links.size()}, {"actor", actor}});
  return links;
}

Result<FormService::Opened> FormService::find(pg::Connection& connection, const Visit& visit,
                                              bool is_writing) {
  const Instant now = clock_.now();
  if (!requests_.take(visit.address, now) || !misses_.allows(visit.address, now)) {
    return too_many();
  }
  const auto parts = read_link_token(visit.token);
  if (!parts || visit.browser.size() > kBrowserBytesMax) {
    misses_.take(visit.address, now);
    return unknown_link();
  }
  const auto rows = connection.run(sql::kLinkFind, parts->bucket, pg::Bytes{parts->hash});
  if (rows.empty()) {
    misses_.take(visit.address, now);
    return unknown_link();
  }
  const pg::Row link = rows[0];
  Opened opened{.form = link.get<FormId>(0), .bucket = parts->bucket, .home = link.get<VoterId>(1)};
  const auto found = connection.run(sql::kFormOpen, opened.form, parts->bucket, opened.home);
  const pg::Row form = found.only();
  opened.voter = form.get<VoterId>(0);
  opened.sheet.name = form.get<std::string>(1);
  opened.sheet.expires_at = form.get<Instant>(2);
  const auto closed_at = form.get<std::optional<Instant>>(3);
  if (closed_at || opened.sheet.expires_at <= now) {
    return refuse(ErrorCode::expired, "This form is closed. Thank you for your interest.", "token");
  }
  opened.sheet.script.id = form.get<ScriptId>(4);
  opened.sheet.script.version = form.get<int>(5);
  surveys::read_body(form.text(6), opened.sheet.script);
  // The person may have another link, of an identity that was joined to this one since.
  const auto person_bucket = form.get<std::int16_t>(7);
  if (is_writing) {
    connection.run(sql::kPersonLock, person_bucket, opened.voter);
    if (connection.run(sql::kLinkLock, parts->bucket, pg::Bytes{parts->hash}).empty()) {
      return unknown_link();  // erased, or ended by a new one, just now
    }
  }
  opened.sheet.is_done = connection.run(sql::kPersonDone, opened.form, person_bucket, opened.voter)
                             .only()
                             .get<bool>(0);
  opened.sheet.rotation = mix64(static_cast<std::uint64_t>(opened.home.value())) >> 40;
  opened.draft = draft_from_json(link.text(2));
  return opened;
}

Result<Sheet> FormService::open(const Visit& visit) {
  const auto connection = pool_.acquire();
  Opened opened = TRY(find(*connection, visit, false));
  connection->run(sql::kLinkOpened, opened.bucket, opened.form, opened.home, clock_.now());
  const std::string mine = browser_hash(visit.browser);
  if (!mine.empty() && mine == opened.draft.browser_hash) {
    opened.sheet.answers = std::move(opened.draft.answers);
  }
  return std::move(opened.sheet);
}

Result<Sheet> FormService::save(const Visit& visit, const Filled& filled) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  Opened opened = TRY(find(*connection, visit, true));
  if (opened.sheet.is_done) {
    return refuse(ErrorCode::conflict, "These answers were sent before; they cannot be changed.",
                  "done");
  }
  std::set<QuestionId> given;
  for (std::size_t i = 0; i < filled.answers.size(); ++i) {
    const surveys::Answer& answer = filled.answers[i];
    const std::string where = fmt::format("answers[{}]", i);
    const bool is_asked = std::ranges::any_of(
        opened.sheet.script.questions,
        [&](const surveys::Question& question) { return question.id == answer.question; });
    if (!is_asked) return invalid("This form does not ask that question.", where + ".question");
    if (!given.insert(answer.question).second) {
      return invalid("This question is answered twice.", where + ".question");
    }
    TRY(surveys_.check(*connection, answer, where));
  }
  if (filled.is_done && filled.answers.empty()) {
    return invalid("Answer one question at least.", "answers");
  }
  const KeptDraft draft{
      .browser_hash = browser_hash(visit.browser),
      .answers = filled.is_done ? std::vector<surveys::Answer>{} : filled.answers};
  transaction.run(sql::kLinkSave, opened.bucket, opened.form, opened.home,
                  pg::Json{draft_to_json(draft)}, clock_.now(), filled.is_done);
  if (filled.is_done) {
    record(transaction, opened, filled.answers);  // commits with the feed
    opened.sheet.is_done = true;
  } else {
    transaction.commit();
    opened.sheet.answers = filled.answers;
  }
  return std::move(opened.sheet);
}

void FormService::record(pg::Transaction& transaction, const Opened& opened,
                         const std::vector<surveys::Answer>& answers) {
  const std::string actor = fmt::format("form:{}", opened.form.value());
  surveys::Occasion occasion{.script_version = opened.sheet.script.version,
                             .phonebank = std::nullopt,
                             .actor = actor,
                             .at = clock_.now(),
                             .answers = {},
                             .channel = "web"};
  std::vector<feed::Change> changes;
  for (const surveys::Answer& answer : answers) {
    const bool is_other = opened.home != opened.voter;
    occasion.answers.push_back({.voter = opened.voter,
                                .attempt = std::nullopt,
                                .answer = answer,
                                .home = is_other ? std::optional(opened.home) : std::nullopt});
    std::string payload = fmt::format(R"({{"question":{}{}}})", answer.question.value(),
                                      surveys_.feed_members(transaction.connection(), answer));
    changes.push_back({.kind = ChangeKind::answer_recorded,
                       .subject = feed::subject_of("voter", opened.voter),
                       .actor = actor,
                       .payload = std::move(payload)});
  }
  surveys_.record(transaction, {&occasion, 1});
  feed::commit(transaction, changes);
}

}  // namespace hustings::forms
