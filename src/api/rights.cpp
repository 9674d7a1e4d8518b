#include "api/rights.h"

#include <fmt/format.h>

#include "api/registrar.h"
#include "api/spec.h"
#include "rights/rights_service.h"

namespace hustings::api {
namespace {

struct GetEverything {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/everything",
            .name = "get_everything",
            .summary =
                "Everything that is known of a person, as a document for the person; that "
                "it was given is kept in the feed.",
            .permission = Permission::registry_write,
            .produces = "application/json"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    Output response;
    response.body =
        TRY(context.services().rights.everything(input.id, context.actor(), context.deadline()));
    response.content_type = "application/json; charset=utf-8";
    response.headers.emplace_back("content-disposition",
                                  fmt::format("attachment; filename=\"{}.json\"", input.id.text()));
    return response;
  }
};

struct ErasedTableShape {
  static constexpr std::string_view kName = "ErasedTable";
  std::string table;
  std::int64_t rows = 0;
  static Fields fields() {
    return {field("table", &ErasedTableShape::table, "Where rows of the person are."),
            field("rows", &ErasedTableShape::rows, "How many.")};
  }
};

struct ErasureShape {
  static constexpr std::string_view kName = "Erasure";
  VoterId voter;
  std::int64_t identities = 0;
  std::int64_t raw_rows = 0;
  std::vector<ErasedTableShape> tables;
  static Fields fields() {
    return {field("voter", &ErasureShape::voter, "The voter."),
            field("identities", &ErasureShape::identities,
                  "Ids by which files call the person; each gets a tombstone."),
            field("raw_rows", &ErasureShape::raw_rows, "Rows of files, as received."),
            field("tables", &ErasureShape::tables, "Rows by table.")};
  }
};

ErasureShape shown(const rights::Erasure& erasure) {
  ErasureShape out{.voter = erasure.voter,
                   .identities = erasure.identities,
                   .raw_rows = erasure.raw_rows,
                   .tables = {}};
  for (const auto& [table, rows] : erasure.tables)
    out.tables.push_back({table, rows});
  return out;
}

struct GetErasure {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = ErasureShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/erasure",
            .name = "get_erasure",
            .summary = "What an erasure of this person would take away.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().rights.outlook(input.id, context.deadline())));
  }
};

struct ErasePerson {
  struct Input {
    VoterId id;
    std::string reason;
    static Fields fields() {
      return {field("id", &Input::id, "The voter."),
              field("reason", &Input::reason,
                    "person_asked, law, minor or mistake: words that name nobody.",
                    {.min_length = 1, .max_length = 40})};
    }
  };
  using Output = ErasureShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/voters/{id}/erasure",
            .name = "erase_person",
            .summary =
                "Erases a person from every table, for good; the next file does not bring "
                "them back.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto reason = rights::erasure_reason_from(input.reason);
    if (!reason) return invalid("A reason is person_asked, law, minor or mistake.", "reason");
    return shown(TRY(context.services().rights.erase(
        {.voter = input.id, .reason = *reason, .actor = context.actor()}, context.deadline())));
  }
};

}  // namespace

void add_rights(Registrar& registrar) {
  registrar.add<GetEverything>();
  registrar.add<GetErasure>();
  registrar.add<ErasePerson>();
}

}  // namespace hustings::api
