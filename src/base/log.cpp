#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"

namespace hustings {
namespace {

struct AppendValue {
  std::string& out;
  void operator()(std::int64_t v) const { fmt::format_to(std::back_inserter(out), "{}", v); }
  void operator()(double v) const { fmt::format_to(std::back_inserter(out), "{:.6g}", v); }
  void operator()(bool v) const { out += v ? "true" : "false"; }
  void operator()(const std::string& v) const { append_json_string(out, v); }
};

constexpr std::string_view kLevelNames[] = {"debug", "info", "warning", "error"};

}  // namespace

struct Log::Sink {
  Sink(std::shared_ptr<spdlog::sinks::sink> out, Level l)
      : logger("hustings", std::move(out)), least(l) {
    logger.set_pattern("%v");
    logger.set_level(spdlog::level::trace);
    logger.flush_on(spdlog::level::info);
  }
  spdlog::logger logger;
  Level least;
};

Log Log::to_stderr(Level least) {
  return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), least));
}

Log Log::to_file(const std::string& path, Level least) {
  try {
    return Log(
        std::make_unique<Sink>(std::make_shared<spdlog::sinks::basic_file_sink_mt>(path), least));
  } catch (const spdlog::spdlog_ex&) {
    throw Failure("The log file cannot be opened for writing: " + path);
  }
}

Log Log::to_nowhere() {
  return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::null_sink_mt>(), Level::error));
}

Log::Log(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}
Log::Log(Log&&) noexcept = default;
Log::~Log() = default;

void Log::write(Level level, std::string_view event, Fields fields) {
  if (level < sink_->least) return;
  std::string line = "{\"at\":";
  append_json_string(line, to_iso(SystemClock().now()));
  line += ",\"level\":";
  append_json_string(line, kLevelNames[static_cast<std::size_t>(level)]);
  line += ",\"event\":";
  append_json_string(line, event);
  for (const Field& field : fields) {
    line += ',';
    append_json_string(line, field.key);
    line += ':';
    std::visit(AppendValue{line}, field.value);
  }
  line += '}';
  sink_->logger.log(level >= Level::info ? spdlog::level::info : spdlog::level::debug, line);
}

}  // namespace hustings
