#include <fmt/format.h>

#include "api/imports.h"
#include "api/paging.h"
#include "base/csv.h"
#include "base/text.h"
#include "ingest/importer.h"

namespace hustings::api {
namespace {

struct ImportPath {
  ImportId id;
  static Fields fields() { return {field("id", &ImportPath::id, "The import.")}; }
};

struct RejectShape {
  static constexpr std::string_view kName = "Reject";
  std::int64_t line = 0;
  std::int64_t byte_offset = 0;
  std::optional<std::string> column;
  std::string reason;
  std::string raw;
  static Fields fields() {
    return {field("line", &RejectShape::line, "The line's number in the file, from 1."),
            field("byte_offset", &RejectShape::byte_offset, "Where it begins in the file."),
            field("column", &RejectShape::column, "The column; null: the whole row."),
            field("reason", &RejectShape::reason, "Why it was not taken."),
            field("raw", &RejectShape::raw, "The line as received.")};
  }
};

struct ListRejects {
  struct Input {
    ImportId id;
    std::optional<std::string> cursor;
    std::int64_t limit = 50;
    static Fields fields() {
      return {
          field("id", &Input::id, "The import."),
          field("cursor", &Input::cursor, "Of the page before.", {.max_length = 30}),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 500, .has_default = true})};
    }
  };
  using Output = Page<RejectShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports/{id}/rejects",
            .name = "list_rejects",
            .summary = "The rows that an import did not take, by line.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    ingest::Importer& importer = context.services().importer;
    TRY(importer.find(input.id, context.deadline()));
    const auto after = input.cursor ? parse_int(*input.cursor) : std::optional<std::int64_t>(0);
    if (!after) return invalid("This is no cursor of this list.", "cursor");
    Output page;
    const auto limit = static_cast<int>(input.limit);
    for (ingest::Reject& reject :
         importer.rejects(input.id, *after, limit + 1, context.deadline())) {
      if (std::ssize(page.items) == limit) {
        page.next = std::to_string(page.items.back().line);
        break;
      }
      page.items.push_back({reject.line, reject.byte_offset, std::move(reject.column),
                            std::move(reject.reason), std::move(reject.raw)});
    }
    return page;
  }
};

/// How all rejects of an import are gone through: by the thousand.
template <class Use>
void each_reject(const Context& context, ImportId id, const Use& use) {
  constexpr int kPage = 1000;
  std::int64_t after = 0;
  while (true) {
    const auto rejects = context.services().importer.rejects(id, after, kPage, context.deadline());
    for (const ingest::Reject& reject : rejects)
      use(reject);
    if (std::ssize(rejects) < kPage) return;
    after = rejects.back().line;
  }
}

struct DownloadRejects {
  using Input = ImportPath;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports/{id}/rejects.csv",
            .name = "download_rejects",
            .summary = "The rows that an import did not take, as a CSV file.",
            .permission = Permission::registry_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().importer.find(input.id, context.deadline()));
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back(
        "content-disposition",
        fmt::format("attachment; filename=\"reasons-{}.csv\"", input.id.text()));
    response.body = "line,byte_offset,column,reason,raw\r\n";
    each_reject(context, input.id, [&](const ingest::Reject& reject) {
      response.body += fmt::format("{},{},", reject.line, reject.byte_offset);
      append_csv_cell(response.body, reject.column.value_or(""));
      response.body += ',';
      append_csv_cell(response.body, reject.reason);
      response.body += ',';
      append_csv_cell(response.body, reject.raw);
      response.body += "\r\n";
    });
    return response;
  }
};

struct DownloadRejectedRows {
  using Input = ImportPath;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports/{id}/rejects.txt",
            .name = "download_rejected_rows",
            .summary =
                "The rows that an import did not take, in the form of its own file: to be "
                "mended and imported with `mends`.",
            .permission = Permission::registry_read,
            .produces = "text/plain"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    Output response;
    response.body =
        TRY(context.services().importer.begin_of_rejected_rows(input.id, context.deadline()));
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back(
        "content-disposition",
        fmt::format("attachment; filename=\"rejects-{}.txt\"", input.id.text()));
    each_reject(context, input.id, [&](const ingest::Reject& reject) {
      response.body += reject.raw;
      response.body += '\n';
    });
    return response;
  }
};

}  // namespace

void add_import_rejects(Registrar& registrar) {
  registrar.add<ListRejects>();
  registrar.add<DownloadRejects>();
  registrar.add<DownloadRejectedRows>();
}

}  // namespace hustings::api
