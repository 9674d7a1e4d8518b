#include "api/voters.h"

#include <chrono>

#include "access/access_service.h"
#include "api/score_values.h"
#include "api/voter_shapes.h"
#include "ingest/importer.h"
#include "phonebank/phonebank_service.h"
#include "registry/person_name.h"
#include "registry/registry.h"
#include "surveys/survey_service.h"

namespace hustings::api {

Fields VoterShape::fields() {
  return {field("id", &VoterShape::id, "The voter."),
          field("name", &VoterShape::name, "The name, as people read it."),
          field("status", &VoterShape::status,
                "active, inactive, denied, removed, temporary or prospect."),
          field("protected", &VoterShape::is_protected,
                "Confidential by law: no address, no phone, never contacted."),
          field("birth_year", &VoterShape::birth_year, "Year of birth."),
          field("age", &VoterShape::age, "At the end of this year."),
          field("gender", &VoterShape::gender, "M, F or U, as registered."),
          field("race", &VoterShape::race, "The file's code."),
          field("ethnicity", &VoterShape::ethnicity, "The file's code."),
          field("party", &VoterShape::party, "As registered."),
          field("registered_on", &VoterShape::registered_on, "The day of registration."),
          field("address", &VoterShape::address, "Where they live."),
          field("mail_address", &VoterShape::mail_address, "Where mail goes."),
          field("county", &VoterShape::county, "Where registered."),
          field("districts", &VoterShape::districts, "District codes by name."),
          field("precinct", &VoterShape::precinct, "Precinct."),
          field("municipality", &VoterShape::municipality, "Municipality."),
          field("phones", &VoterShape::phones, "Numbers, the best one first."),
          field("scores", &VoterShape::scores, "From a model or a file; null: none."),
          field("household", &VoterShape::household, "Who else lives at the address."),
          field("votes", &VoterShape::votes, "Elections voted in, newest first."),
          field("attempts", &VoterShape::attempts, "Tries to reach the voter, newest first."),
          field("answers", &VoterShape::answers, "What they said, newest first."),
          field("suppressions", &VoterShape::suppressions, "Bars on contact."),
          field("provenance", &VoterShape::provenance, "The rows that these values come from."),
          field("history", &VoterShape::history, "What happened, newest first.")};
}

namespace {

using OptionalText = std::optional<std::string>;

constexpr int kShownMax = 100;

int this_year(const Context& context) {
  const auto today = std::chrono::floor<std::chrono::days>(context.services().clock.now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

std::optional<std::int64_t> age_of(const std::optional<int>& birth_year, int year) {
  if (!birth_year) return std::nullopt;
  return year - *birth_year;
}

OptionalText text_or_null(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::int64_t> wide(const std::optional<int>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

VoterRowShape row_of(const registry::VoterSummary& voter, int year) {
  return {.id = voter.id,
          .name = full_name(voter),
          .age = age_of(voter.birth_year, year),
          .party = voter.party,
          .county = voter.county,
          .city = voter.city,
          .status = voter.status,
          .phone_present = voter.phone_present,
          .is_protected = voter.is_protected};
}

struct SearchVoters {
  struct Input {
    std::optional<std::string> query;
    std::optional<std::string> county;
    std::optional<std::string> cursor;
    std::int64_t limit = 50;
    static Fields fields() {
      return {field("query", &Input::query,
                    "\"last, first\" or \"first last\", with typos too; an address, a telephone "
                    "number, an e-mail address, or an id.",
                    {.max_length = 200}),
              field("county", &Input::county, "Only this county.", {.max_length = 100}),
              field("cursor", &Input::cursor, "Of the page before.", {.max_length = 9000}),
              field("limit", &Input::limit, "How many.",
                    {.min = 1, .max = registry::Registry::kPageMax, .has_default = true})};
    }
  };
  using Output = Page<VoterRowShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters",
            .name = "search_voters",
            .summary = "Voters by name, address, number or id; if nobody has the name, those near.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    registry::VoterPage found =
        TRY(context.services().registry.search({.text = input.query.value_or(""),
                                                .county = input.county.value_or(""),
                                                .cursor = input.cursor.value_or(""),
                                                .limit = static_cast<int>(input.limit)},
                                               context.deadline()));
    Output page;
    const int year = this_year(context);
    for (const registry::VoterSummary& voter : found.items) {
      page.items.push_back(row_of(voter, year));
      page.items.back().is_similar = found.is_similar;
    }
    page.next = std::move(found.next);
    return page;
  }
};

struct GetVoter {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = VoterShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}",
            .name = "get_voter",
            .summary = "Everything that is known of a voter, and where it comes from.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    registry::VoterProfile profile = TRY(services.registry.profile(input.id, context.deadline()));
    Output out = person(profile, this_year(context));
    add_contact(out, profile, this_year(context));
    add_conversations(out, context, out.id);
    if (profile.scores) add_scores_by_run(out, context, *profile.scores);
    add_provenance(out, context, profile);
    add_history(out, context, profile);
    return out;
  }

 private:
  static Output person(const registry::VoterProfile& profile, int year) {
    const registry::VoterSummary& voter = profile.summary;
    Output out;
    out.id = voter.id;
    out.name = {.first = registry::shown_name(voter.first_name),
                .middle = text_or_null(registry::shown_name(voter.middle_name)),
                .last = registry::shown_name(voter.last_name),
                .suffix = text_or_null(registry::shown_name(voter.suffix))};
    out.status = voter.status;
    out.is_protected = voter.is_protected;
    out.birth_year = wide(voter.birth_year);
    out.age = age_of(voter.birth_year, year);
    out.gender = profile.gender;
    out.race = profile.race;
    out.ethnicity = profile.ethnicity;
    out.party = voter.party;
    out.registered_on = profile.registered_on;
    out.county = voter.county;
    for (const registry::VoterVote& vote : profile.votes) {
      out.votes.push_back({vote.name, vote.held_on, vote.kind, vote.method, vote.party});
    }
    if (profile.scores) {
      out.scores = ScoresShape{wide(profile.scores->support),
                               wide(profile.scores->turnout),
                               wide(profile.scores->persuadability),
                               {}};
    }
    return out;
  }

  static void add_contact(Output& out, const registry::VoterProfile& profile, int year) {
    out.address = {.street = profile.street,
                   .city = profile.summary.city,
                   .state = profile.state,
                   .zip5 = profile.zip5,
                   .zip4 = profile.zip4};
    out.mail_address = profile.mail_address;
    out.precinct = profile.precinct;
    out.municipality = profile.municipality;
    for (const auto& [name, code] : profile.districts)
      out.districts.emplace(name, code);
    for (const registry::VoterPhone& phone : profile.phones) {
      OptionalText reason;
      if (phone.suppressed) reason = std::string(to_string(*phone.suppressed));
      out.phones.push_back({phone_e164(phone.number), phone.status, std::move(reason)});
    }
    for (const registry::HouseholdMember& member : profile.household) {
      out.household.push_back({member.id, member.name, age_of(member.birth_year, year)});
    }
    for (const registry::SuppressionShown& suppression : profile.suppressions) {
      out.suppressions.push_back(shown(suppression));
      if (profile.summary.is_protected) out.suppressions.back().number.reset();
    }
  }

  static void add_conversations(Output& out, Context& context, VoterId voter) {
    const Services& services = context.services();
    const auto answers = services.surveys.answers_of(voter, kShownMax);
    for (const auto& answer : answers) {
      out.answers.push_back({.question = answer.question_text,
                             .answer = answer.declined ? "declined" : answer.answer,
                             .at = answer.at});
    }
    for (const auto& attempt :
         services.phonebank.attempts_of(voter, kShownMax, context.deadline())) {
      AttemptShape shape{.at = attempt.at,
                         .phonebank = attempt.phonebank,
                         .disposition = std::string(to_string(attempt.disposition)),
                         .caller = attempt.caller,
                         .note = text_or_null(attempt.note),
                         .answers = {}};
      for (const auto& answer : answers) {
        if (answer.attempt != attempt.id) continue;
        shape.answers.push_back(
            {answer.question_text, answer.declined ? "declined" : answer.answer});
      }
      out.attempts.push_back(std::move(shape));
    }
  }

  static void add_scores_by_run(Output& out, Context& context,
                                const registry::VoterScores& scores) {
    ingest::Importer& importer = context.services().importer;
    for (const ScoreShape& score : scores_by_run(scores)) {
      const auto import = importer.find(score.run, context.deadline());
      if (!import) continue;
      out.scores->all.push_back(score);
      out.scores->all.back().run_name =
          import->run_name.empty() ? import->file_name : import->run_name;
    }
  }

  static void add_provenance(Output& out, Context& context, const registry::VoterProfile& profile) {
    ingest::Importer& importer = context.services().importer;
    for (const registry::SourceRecord& record : profile.records) {
      const auto import = importer.find(record.import, context.deadline());
      if (!import) continue;
      OptionalText raw;
      if (!profile.summary.is_protected) {
        raw = importer.raw_line(record.import, record.line, context.deadline());
      }
      out.provenance.push_back({.import = record.import,
                                .file_name = import->file_name,
                                .line = record.line,
                                .source = record.source,
                                .external_id = record.external_id,
                                .at = import->ended_at.value_or(import->started_at),
                                .raw = std::move(raw)});
    }
  }

  static void add_history(Output& out, const Context& context,
                          const registry::VoterProfile& profile) {
    const Services& services = context.services();
    auto entries = services.registry.history(profile.summary.id, kShownMax, context.deadline());
    std::vector<std::string> actors;
    for (const feed::Entry& entry : entries)
      actors.push_back(entry.actor);
    const auto names = services.access.names_of(actors, context.deadline());
    for (feed::Entry& entry : entries) {
      const auto number = registry::number_of_subject(entry.subject);
      out.history.push_back({.position = entry.position,
                             .at = entry.at,
                             .kind = std::string(to_string(entry.kind)),
                             .actor = entry.actor,
                             .actor_name = names.at(entry.actor),
                             .number = number ? OptionalText(phone_e164(*number)) : std::nullopt,
                             .payload = {std::move(entry.payload)}});
    }
  }
};

}  // namespace

void add_voters(Registrar& registrar) {
  registrar.add<SearchVoters>();
  registrar.add<GetVoter>();
}

}  // namespace hustings::api
