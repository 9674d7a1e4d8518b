#include "api/timeline.h"

#include "access/access_service.h"
#include "api/registrar.h"
#include "model/phone.h"
#include "pg/pool.h"
#include "registry/suppression.h"
#include "rights/timeline.h"

namespace hustings::api {
namespace {

struct ChangeShape {
  static constexpr std::string_view kName = "TimelineChange";
  std::string name;
  std::optional<std::string> before;
  std::optional<std::string> after;
  static Fields fields() {
    return {field("field", &ChangeShape::name, "The column."),
            field("before", &ChangeShape::before, "What was known; null: nothing."),
            field("after", &ChangeShape::after, "What the file says; null: nothing.")};
  }
};

struct EntryShape {
  static constexpr std::string_view kName = "TimelineEntry";
  Instant at;
  std::string kind;
  std::string actor;
  std::string actor_name;
  std::optional<std::string> number;
  JsonText payload;
  std::optional<ImportId> import;
  std::optional<std::string> file_name;
  std::optional<std::string> source;
  std::optional<std::string> external_id;
  std::optional<std::int64_t> line;
  std::vector<ChangeShape> changes;
  static Fields fields() {
    return {field("at", &EntryShape::at, "When."),
            field("kind", &EntryShape::kind,
                  "What: record_read and record_changed of files, else the feed's kind."),
            field("actor", &EntryShape::actor, "Who did it."),
            field("actor_name", &EntryShape::actor_name, "As people know them."),
            field("number", &EntryShape::number, "The number that it is about."),
            field("payload", &EntryShape::payload, "What the feed says of it."),
            field("import", &EntryShape::import, "The import of a file."),
            field("file_name", &EntryShape::file_name, "Its file."),
            field("source", &EntryShape::source, "Whose file."),
            field("external_id", &EntryShape::external_id, "The id in that file."),
            field("line", &EntryShape::line, "The row; 0: it repeated an earlier one."),
            field("changes", &EntryShape::changes, "What the file changed.")};
  }
};

EntryShape shown(rights::TimelineEntry entry, std::string actor_name) {
  EntryShape out{.at = entry.at,
                 .kind = std::move(entry.kind),
                 .actor = std::move(entry.actor),
                 .actor_name = std::move(actor_name),
                 .payload = {std::move(entry.payload)}};
  const auto number = registry::number_of_subject(entry.subject);
  if (number) out.number = phone_e164(*number);
  if (!entry.import) return out;
  out.import = entry.import;
  out.file_name = std::move(entry.file_name);
  out.source = std::move(entry.source);
  out.external_id = std::move(entry.external_id);
  out.line = entry.line;
  for (auto& [name, before, after] : entry.changes)
    out.changes.push_back({std::move(name), std::move(before), std::move(after)});
  return out;
}

struct GetTimeline {
  struct Input {
    VoterId id;
    std::int64_t limit = 200;
    static Fields fields() {
      return {field("id", &Input::id, "The voter."),
              field("limit", &Input::limit, "How many entries, the newest.",
                    {.min = 1, .max = 1000, .has_default = true})};
    }
  };
  using Output = Page<EntryShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/timeline",
            .name = "get_timeline",
            .summary =
                "What happened to a voter, newest first: files, corrections, consent, bars, "
                "calls, joins.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    std::vector<rights::TimelineEntry> entries;
    {
      const auto connection = context.services().pool.acquire(context.deadline());
      const pg::Transaction transaction(*connection, context.deadline(),
                                        pg::Transaction::Isolation::repeatable_read);
      entries = TRY(rights::timeline(*connection, input.id, static_cast<int>(input.limit)));
    }
    std::vector<std::string> actors;
    for (const rights::TimelineEntry& entry : entries)
      actors.push_back(entry.actor);
    const auto names = context.services().access.names_of(actors, context.deadline());
    Output page;
    for (rights::TimelineEntry& entry : entries) {
      std::string name = names.at(entry.actor);
      page.items.push_back(shown(std::move(entry), std::move(name)));
    }
    return page;
  }
};

}  // namespace

void add_timeline(Registrar& registrar) { registrar.add<GetTimeline>(); }

}  // namespace hustings::api
