#include "segments/peers.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

#include <fmt/format.h>

#include "base/error.h"
#include "base/log.h"
#include "pg/connection.h"
#include "pg/embedded_server.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

struct ColumnType {
  const char* name;
  const char* duckdb;
  const char* clickhouse;
  const char* postgres;
};
constexpr ColumnType kTypes[] = {
    {"id", "UINTEGER", "UInt32", "integer"},
    {"state", "UTINYINT", "UInt8", "smallint"},
    {"county", "USMALLINT", "UInt16", "smallint"},
    {"dma", "UTINYINT", "UInt8", "smallint"},
    {"precinct", "UINTEGER", "UInt32", "integer"},
    {"age", "UTINYINT", "UInt8", "smallint"},
    {"age_band", "UTINYINT", "UInt8", "smallint"},
    {"sex", "UTINYINT", "UInt8", "smallint"},
    {"race", "UTINYINT", "UInt8", "smallint"},
    {"party", "UTINYINT", "UInt8", "smallint"},
    {"edu", "UTINYINT", "UInt8", "smallint"},
    {"vhist", "USMALLINT", "UInt16", "smallint"},
    {"support", "UTINYINT", "UInt8", "smallint"},
    {"turnout", "UTINYINT", "UInt8", "smallint"},
    {"persuade", "UTINYINT", "UInt8", "smallint"},
    {"phone", "BOOLEAN", "Bool", "boolean"},
    {"c_call", "BOOLEAN", "Bool", "boolean"},
    {"c_sms", "BOOLEAN", "Bool", "boolean"},
    {"c_email", "BOOLEAN", "Bool", "boolean"},
    {"contacted", "UTINYINT", "UInt8", "smallint"},
    {"last_contact", "UINTEGER", "UInt32", "integer"},
    {"survey", "UTINYINT", "UInt8", "smallint"},
    {"spend", "UINTEGER", "UInt32", "integer"},
};

std::string columns_sql(const char* ColumnType::* type) {
  std::string sql;
  for (const ColumnType& column : kTypes)
    sql += fmt::format("{}{} {}", sql.empty() ? "" : ", ", column.name, column.*type);
  return sql;
}

/// A library that is loaded while the program runs.
class Library {
 public:
  explicit Library(const fs::path& path) : handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) throw Failure(fmt::format("{}: {}", path.string(), dlerror()));
  }
  template <class Function>
  void find(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(dlsym(handle_, name));
    if (function == nullptr) throw Failure(fmt::format("The library has no function {}.", name));
  }

 private:
  void* handle_;  // stays to the end: neither library likes to be unloaded
};

/// DuckDB by its C API, as far as it is needed here (duckdb.h of 1.5).
struct DuckDbApi {
  struct Result {
    std::uint64_t columns, rows, changed;
    void* deprecated_columns;
    char* error;
    void* internal;
  };
  int (*open)(const char*, void**);
  int (*connect)(void*, void**);
  int (*query)(void*, const char*, Result*);
  void (*destroy)(Result*);
  const char* (*error)(Result*);
  std::uint64_t (*row_count)(Result*);
  std::uint64_t (*column_count)(Result*);
  double (*value)(Result*, std::uint64_t, std::uint64_t);

  explicit DuckDbApi(const Library& library) {
    library.find(open, "duckdb_open");
    library.find(connect, "duckdb_connect");
    library.find(query, "duckdb_query");
    library.find(destroy, "duckdb_destroy_result");
    library.find(error, "duckdb_result_error");
    library.find(row_count, "duckdb_row_count");
    library.find(column_count, "duckdb_column_count");
    library.find(value, "duckdb_value_double");
  }
};

class DuckDb : public Peer {
 public:
  DuckDb(std::string name, const std::string& path, const Library& library, const fs::path& csv)
      : name_(std::move(name)), api_(library) {
    void* database = nullptr;
    if (api_.open(path.c_str(), &database) != 0 || api_.connect(database, &connection_) != 0) {
      throw Failure("DuckDB does not open.");
    }
    run(fmt::format("create table voters ({})", columns_sql(&ColumnType::duckdb)));
    run(fmt::format("copy voters from '{}' (format csv, header false)", csv.string()));
    if (path != ":memory:") run("checkpoint");
  }
  std::string name() const override { return name_; }
  void set_threads(int threads) override { run(fmt::format("set threads to {}", threads)); }
  Answer run(const std::string& sql) override {
    DuckDbApi::Result result{};
    if (api_.query(connection_, sql.c_str(), &result) != 0) {
      throw Failure(fmt::format("DuckDB: {}", api_.error(&result)));
    }
    Answer answer;
    for (std::uint64_t row = 0; row < api_.row_count(&result); ++row) {
      for (std::uint64_t column = 0; column < api_.column_count(&result); ++column)
        answer.push_back(api_.value(&result, column, row));
    }
    api_.destroy(&result);
    return answer;
  }

 private:
  std::string name_;
  DuckDbApi api_;
  void* connection_ = nullptr;
};

Answer numbers_of(const char* text, std::size_t size) {
  Answer answer;
  const std::string all(text, size);
  for (const char* at = all.c_str(); *at != 0;) {
    char* end = nullptr;
    const double value = std::strtod(at, &end);
    if (end == at) {
      ++at;
      continue;
    }
    answer.push_back(value);
    at = end;
  }
  return answer;
}

/// ClickHouse as a library; one connection for both of its tables.
class ClickHouse {
 public:
  ClickHouse(const Library& library, const fs::path& folder) {
    library.find(query_, "chdb_query");
    library.find(destroy_, "chdb_destroy_query_result");
    library.find(buffer_, "chdb_result_buffer");
    library.find(length_, "chdb_result_length");
    library.find(error_, "chdb_result_error");
    void** (*connect)(int, char**) = nullptr;
    library.find(connect, "chdb_connect");
    std::string program = "clickhouse";
    std::string path = "--path=" + folder.string();
    char* arguments[] = {program.data(), path.data()};
    connection_ = connect(2, arguments);
    if (connection_ == nullptr) throw Failure("ClickHouse does not open.");
  }
  Answer run(const std::string& sql) {
    void* result = query_(*connection_, sql.c_str(), "TSV");
    if (const char* error = error_(result); error != nullptr && *error != 0) {
      throw Failure(fmt::format("ClickHouse: {}", error));
    }
    Answer answer = numbers_of(buffer_(result), length_(result));
    destroy_(result);
    return answer;
  }

 private:
  void** connection_ = nullptr;
  void* (*query_)(void*, const char*, const char*) = nullptr;
  void (*destroy_)(void*) = nullptr;
  char* (*buffer_)(void*) = nullptr;
  std::size_t (*length_)(void*) = nullptr;
  const char* (*error_)(void*) = nullptr;
};

class ClickHouseTable : public Peer {
 public:
  ClickHouseTable(std::shared_ptr<ClickHouse> server, std::string table, const std::string& engine,
                  const std::string& source)
      : server_(std::move(server)), table_(std::move(table)) {
    server_->run(fmt::format("create table {} ({}) engine = {}", table_,
                             columns_sql(&ColumnType::clickhouse), engine));
    server_->run(fmt::format("insert into {} {}", table_, source));
  }
  std::string name() const override { return "clickhouse_" + table_; }
  void set_threads(int threads) override { threads_ = threads; }
  Answer run(const std::string& sql) override {
    std::string own = sql;
    const std::string from = "FROM voters";
    if (const auto at = own.find(from); at != std::string::npos) {
      own.replace(at, from.size(), "FROM " + table_);
    }
    return server_->run(fmt::format("{} SETTINGS max_threads = {}", own, threads_));
  }

 private:
  std::shared_ptr<ClickHouse> server_;  ///< shared by the two tables
  std::string table_;
  int threads_ = 1;
};

class Postgres : public Peer {
 public:
  Postgres(const fs::path& folder, const fs::path& csv) : log_(Log::to_nowhere()) {
    auto server =
        pg::EmbeddedServer::start({.data_dir = folder, .bin_dir = {}, .durable = false}, log_);
    if (!server) throw Failure(server.error().text());
    server_ = *std::move(server);
    connection_ = std::make_unique<pg::Connection>(
        pg::ConnectOptions{.url = server_->url(), .schema = "public", .application = "bench"});
    sql("create unlogged table voters (" + columns_sql(&ColumnType::postgres) + ")");
    auto copy = connection_->copy_in("copy voters from stdin (format csv)", "bench");
    std::FILE* file = std::fopen(csv.c_str(), "rb");
    if (file == nullptr) throw Failure("The voters' file cannot be read.");
    std::vector<char> piece(1 << 20);
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file))
      copy.write({piece.data(), got});
    std::fclose(file);
    copy.finish();
    sql("create index on voters (state)");
    sql("vacuum analyze voters");
  }
  std::string name() const override { return "postgres"; }
  void set_threads(int threads) override {
    sql(fmt::format("set max_parallel_workers_per_gather = {}", threads - 1));
  }
  Answer run(const std::string& text) override {
    std::string lines;
    connection_->copy_out("copy (" + text + ") to stdout (format csv)", "bench",
                          [&](std::string_view line) { lines += line; });
    return numbers_of(lines.data(), lines.size());
  }

 private:
  void sql(const std::string& text) { connection_->run_text(text, "bench"); }
  Log log_;
  std::unique_ptr<pg::EmbeddedServer> server_;
  std::unique_ptr<pg::Connection> connection_;
};

}  // namespace

Peers start_peers(const PeerFiles& files) {
  Peers peers;
  const auto attempt = [&](const char* name, const auto& start) {
    fmt::print(stderr, "loading {} …\n", name);
    try {
      start();
    } catch (const Failure& failure) {
      peers.missing.push_back(fmt::format("{}: {}", name, failure.what()));
      fmt::print(stderr, "without {}\n", peers.missing.back());
    }
  };
  attempt("duckdb", [&] {
    const Library library(files.libraries / "@duckdb/node-bindings-linux-x64/libduckdb.so");
    peers.all.push_back(std::make_unique<DuckDb>("duckdb_memory", ":memory:", library, files.csv));
    peers.all.push_back(std::make_unique<DuckDb>(
        "duckdb_file", (files.folder / "voters.duckdb").string(), library, files.csv));
  });
  attempt("clickhouse", [&] {
    const Library library(files.libraries / "@chdb/lib-linux-x64-gnu/libchdb.so");
    auto server = std::make_shared<ClickHouse>(library, files.folder / "clickhouse");
    peers.all.push_back(std::make_unique<ClickHouseTable>(
        server, "memory", "Memory",
        fmt::format("select * from file('{}', CSV, '{}')", files.csv.string(),
                    columns_sql(&ColumnType::clickhouse))));
    peers.all.push_back(std::make_unique<ClickHouseTable>(
        server, "mergetree", "MergeTree order by (state, county, precinct)",
        "select * from memory"));
    server->run("optimize table mergetree final");
  });
  attempt("postgres", [&] {
    peers.all.push_back(std::make_unique<Postgres>(files.folder / "postgres", files.csv));
  });
  return peers;
}

}  // namespace hustings::bench
