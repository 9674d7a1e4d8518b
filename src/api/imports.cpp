#include "api/imports.h"

#include <fmt/format.h>

#include "access/access_service.h"
#include "api/import_report.h"
#include "api/paging.h"
#include "api/upload_store.h"
#include "base/text.h"
#include "ingest/importer.h"

namespace hustings::api {
namespace {

struct LayoutColumnShape {
  std::string name;
  std::vector<std::string> aliases;
  bool required = false;
  static Fields fields() {
    return {field("name", &LayoutColumnShape::name, "The column's name in the file."),
            field("aliases", &LayoutColumnShape::aliases, "Other spellings that are taken."),
            field("required", &LayoutColumnShape::required, "A file without it is refused.")};
  }
};

struct LayoutShape {
  static constexpr std::string_view kName = "Layout";
  std::string name;
  std::int64_t version = 0;
  std::string kind;
  std::string title;
  std::vector<LayoutColumnShape> columns;
  std::string delimiter;
  std::string encoding;
  static Fields fields() {
    return {field("name", &LayoutShape::name, "What an import calls it."),
            field("version", &LayoutShape::version, "Grows with each change."),
            field("kind", &LayoutShape::kind, "voters, history or scores."),
            field("title", &LayoutShape::title, "For people."),
            field("columns", &LayoutShape::columns, "The columns that are read."),
            field("delimiter", &LayoutShape::delimiter, "What stands between fields."),
            field("encoding", &LayoutShape::encoding, "How letters are written; auto finds out.")};
  }
};

LayoutShape shown(const ingest::Layout& layout) {
  LayoutShape out{.name = layout.name,
                  .version = layout.version,
                  .kind = std::string(to_string(layout.kind)),
                  .title = layout.title,
                  .columns = {},
                  .delimiter = ingest::delimiter_name(layout.delimiter),
                  .encoding = std::string(to_string(layout.encoding))};
  for (const ingest::LayoutColumn& column : layout.columns) {
    for (const auto& names : column.names) {
      out.columns.push_back({names.front(), {names.begin() + 1, names.end()}, column.is_required});
    }
    for (const auto& names : column.parts)
      out.columns.push_back({names.front(), {names.begin() + 1, names.end()}, false});
  }
  return out;
}

struct WarningShape {
  std::string kind;
  std::int64_t count = 0;
  std::string text;
  static Fields fields() {
    return {field("kind", &WarningShape::kind, "For programs: \"phone_unusable\"."),
            field("count", &WarningShape::count, "How often."),
            field("text", &WarningShape::text, "For people.")};
  }
};

struct ImportShape {
  static constexpr std::string_view kName = "Import";
  ImportId id;
  std::string layout;
  std::string kind;
  std::string file_name;
  std::int64_t file_bytes = 0;
  std::string state;
  std::string stage;
  std::int64_t bytes_done = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_new = 0;
  std::int64_t rows_changed = 0;
  std::int64_t rows_same = 0;
  std::int64_t rows_rejected = 0;
  double rows_per_s = 0;
  std::optional<double> seconds_left;
  std::vector<WarningShape> warnings;
  std::optional<std::string> error;
  bool is_repeat = false;
  std::string started_by;
  std::string started_by_name;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<ImportReportShape> report;
  std::optional<Instant> undone_at;
  std::optional<std::string> undone_by;
  std::optional<std::string> undone_by_name;
  static Fields fields() {
    return {
        field("id", &ImportShape::id, "The import."),
        field("layout", &ImportShape::layout, "How the file is read."),
        field("kind", &ImportShape::kind, "voters, history or scores."),
        field("file_name", &ImportShape::file_name, "The file's name."),
        field("file_bytes", &ImportShape::file_bytes, "Its size."),
        field("state", &ImportShape::state,
              "running, published, failed, cancelled, tried (a dry run) or undone."),
        field("stage", &ImportShape::stage, "reading, publishing, done or undoing."),
        field("bytes_done", &ImportShape::bytes_done, "How much of the file has been read."),
        field("rows_read", &ImportShape::rows_read, "Rows read, rejected ones included."),
        field("rows_new", &ImportShape::rows_new, "Rows that were not known."),
        field("rows_changed", &ImportShape::rows_changed, "Rows that differ from the last import."),
        field("rows_same", &ImportShape::rows_same, "Rows that are as they were."),
        field("rows_rejected", &ImportShape::rows_rejected, "Rows that were not taken."),
        field("rows_per_s", &ImportShape::rows_per_s, "Rows a second since the start."),
        field("seconds_left", &ImportShape::seconds_left, "A guess, while it runs."),
        field("warnings", &ImportShape::warnings, "What a person should look at."),
        field("error", &ImportShape::error,
              "Why it failed, or why it could not be undone, and what to do."),
        field("repeat", &ImportShape::is_repeat,
              "The same file was imported before: this is that import, and nothing was done."),
        field("started_by", &ImportShape::started_by, "Who started it: person:3, or system."),
        field("started_by_name", &ImportShape::started_by_name, "Who started it, for people."),
        field("started_at", &ImportShape::started_at, "When it began."),
        field("ended_at", &ImportShape::ended_at, "When it ended."),
        field("report", &ImportShape::report, "Of a dry run: what the file would change."),
        field("undone_at", &ImportShape::undone_at, "When it was taken back."),
        field("undone_by", &ImportShape::undone_by, "By whom: person:3, or system."),
        field("undone_by_name", &ImportShape::undone_by_name, "By whom, for people.")};
  }
};

ImportShape shape_of(const ingest::Import& import, std::string started_by_name) {
  ImportShape out{.id = import.id,
                  .layout = import.layout,
                  .kind = std::string(to_string(import.kind)),
                  .file_name = import.file_name,
                  .file_bytes = import.file_bytes,
                  .state = std::string(to_string(import.state)),
                  .stage = std::string(to_string(import.stage)),
                  .bytes_done = import.bytes_done,
                  .rows_read = import.counts.rows_read,
                  .rows_new = import.counts.rows_new,
                  .rows_changed = import.counts.rows_changed,
                  .rows_same = import.counts.rows_same,
                  .rows_rejected = import.counts.rows_rejected,
                  .rows_per_s = import.rows_per_s,
                  .seconds_left = import.seconds_left,
                  .warnings = {},
                  .error = import.error,
                  .started_by = import.started_by,
                  .started_by_name = std::move(started_by_name),
                  .started_at = import.started_at,
                  .ended_at = import.ended_at,
                  .report = {},
                  .undone_at = import.undone_at,
                  .undone_by = import.undone_by,
                  .undone_by_name = {}};
  if (import.report) out.report = import_report_from(*import.report);
  for (const ingest::ImportWarning& warning : import.warnings) {
    out.warnings.push_back({warning.kind, warning.count, warning.text});
  }
  return out;
}

std::vector<ImportShape> shown(const Context& context, const std::vector<ingest::Import>& imports) {
  std::vector<std::string> actors;
  for (const ingest::Import& import : imports) {
    actors.push_back(import.started_by);
    if (import.undone_by) actors.push_back(*import.undone_by);
  }
  const auto names = context.services().access.names_of(actors, context.deadline());
  std::vector<ImportShape> out;
  for (const ingest::Import& import : imports) {
    out.push_back(shape_of(import, names.at(import.started_by)));
    if (import.undone_by) out.back().undone_by_name = names.at(*import.undone_by);
  }
  return out;
}

Result<ImportShape> find_import(const Context& context, ImportId id) {
  const ingest::Import import = TRY(context.services().importer.find(id, context.deadline()));
  return std::move(shown(context, {import}).front());
}

struct ImportPath {
  ImportId id;
  static Fields fields() { return {field("id", &ImportPath::id, "The import.")}; }
};

struct ListLayouts {
  using Input = Nothing;
  using Output = Page<LayoutShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/layouts",
            .name = "list_layouts",
            .summary = "The kinds of files that can be imported.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context&, const Input&) {
    Output page;
    for (const ingest::Layout& layout : ingest::built_in_layouts()) {
      page.items.push_back(shown(layout));
    }
    return page;
  }
};

UploadStore uploads_of(Context& context) {
  return UploadStore(upload_folder(context.services().config));
}

struct PutUpload {
  struct Input {
    std::string name;
    static Fields fields() {
      return {
          field("name", &Input::name, "The file's name.", {.min_length = 1, .max_length = 300})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "Upload";
    std::string upload;
    std::int64_t bytes = 0;
    std::string sha256;
    static Fields fields() {
      return {field("upload", &Output::upload, "What an import calls it."),
              field("bytes", &Output::bytes, "The file's size."),
              field("sha256", &Output::sha256, "The file's digest.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/uploads",
            .name = "put_upload",
            .summary = "Brings a file to the server, to be imported within a day.",
            .permission = Permission::registry_write,
            .status = 201,
            .upload = true};
  }
  static Status admit(Context& context) { return uploads_of(context).check_room(); }
  static Result<Output> call(Context& context, const Input& input) {
    const net::UploadedFile& file = context.upload();
    return Output{uploads_of(context).keep(file, input.name), file.bytes, file.sha256};
  }
};

struct StartImport {
  struct Input {
    std::string layout;
    std::string upload;
    bool is_dry_run = false;
    double absent_share_max = 0.1;
    std::vector<std::string> blank_keeps;
    static Fields fields() {
      return {
          field("layout", &Input::layout, "A layout's name.", {.min_length = 1, .max_length = 100}),
          field("upload", &Input::upload, "What the upload answered.",
                {.min_length = 1, .max_length = 100}),
          field("dry_run", &Input::is_dry_run,
                "Find out what the file would change, and change nothing. The upload stays.",
                {.has_default = true}),
          field("absent_share_max", &Input::absent_share_max,
                "How many of the known voters of its counties the file may lack; with more it is "
                "refused.",
                {.min = 0, .max = 1, .has_default = true}),
          field("blank_keeps", &Input::blank_keeps,
                "Fields that an empty value of this file does not clear.", {.has_default = true})};
    }
  };
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports",
            .name = "start_import",
            .summary = "Imports an uploaded file in the background.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input& input) {
    // Over the network only our own layouts: a path would be a file of the server.
    if (input.layout.find_first_of("/.\\") != std::string::npos) {
      return invalid("Name one of the layouts of GET /v1/layouts.", "layout");
    }
    const UploadStore uploads = uploads_of(context);
    const UploadStore::Kept file = TRY(uploads.find(input.upload));
    ingest::Importer& importer = context.services().importer;
    const auto started = importer.start({.file = file.path,
                                         .file_name = file.path.filename().string(),
                                         .layout = input.layout,
                                         .actor = context.actor(),
                                         .sha256 = file.sha256,
                                         .dry_run = input.is_dry_run,
                                         .absent_share_max = input.absent_share_max,
                                         .blank_keeps = input.blank_keeps});
    if (!started) {
      Error error = started.error();
      if (error.where.find('/') != std::string::npos) error.where = "upload";  // no path of ours
      return std::unexpected(std::move(error));
    }
    if (!input.is_dry_run) uploads.remove(input.upload);  // the import has it open
    ImportShape out = TRY(find_import(context, started->id));
    out.is_repeat = started->is_repeat;
    return out;
  }
};

struct ListImports {
  using Input = PageQuery<ImportId>;
  using Output = Page<ImportShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports",
            .name = "list_imports",
            .summary = "The imports, newest first.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto imports = context.services().importer.list(before, static_cast<int>(input.limit) + 1,
                                                    context.deadline());
    return cut_page<ImportShape>(input.limit, std::move(imports),
                                 [&](const auto& items) { return shown(context, items); });
  }
};

struct GetImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports/{id}",
            .name = "get_import",
            .summary = "An import and how far it is.",
            .permission = Permission::registry_read,
            .topic = "import"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return find_import(context, input.id);
  }
};

struct CancelImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports/{id}/cancel",
            .name = "cancel_import",
            .summary = "Stops an import; nothing of it stays.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().importer.cancel(input.id));
    return find_import(context, input.id);
  }
};

struct UndoImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports/{id}/undo",
            .name = "undo_import",
            .summary = "Takes a published import back, in the background: as if it had never been.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().importer.undo(input.id, context.actor()));
    return find_import(context, input.id);
  }
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

void append_csv(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
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
    constexpr int kPage = 1000;
    ingest::Importer& importer = context.services().importer;
    TRY(importer.find(input.id, context.deadline()));
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back(
        "content-disposition",
        fmt::format("attachment; filename=\"rejects-{}.csv\"", input.id.text()));
    response.body = "line,byte_offset,column,reason,raw\r\n";
    std::int64_t after = 0;
    while (true) {
      const auto rejects = importer.rejects(input.id, after, kPage, context.deadline());
      for (const ingest::Reject& reject : rejects) {
        response.body += fmt::format("{},{},", reject.line, reject.byte_offset);
        append_csv(response.body, reject.column.value_or(""));
        response.body += ',';
        append_csv(response.body, reject.reason);
        response.body += ',';
        append_csv(response.body, reject.raw);
        response.body += "\r\n";
      }
      if (std::ssize(rejects) < kPage) return response;
      after = rejects.back().line;
    }
  }
};

}  // namespace

void add_imports(Registrar& registrar) {
  registrar.add<ListLayouts>();
  registrar.add<PutUpload>();
  add_upload_preview(registrar);
  registrar.add<StartImport>();
  registrar.add<ListImports>();
  registrar.add<GetImport>();
  registrar.add<CancelImport>();
  registrar.add<UndoImport>();
  registrar.add<ListRejects>();
  registrar.add<DownloadRejects>();
}

}  // namespace hustings::api
