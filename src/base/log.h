#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace hustings {

/// One line, one JSON object: {"at":…,"level":…,"event":…, fields}. An event is a constant such as
/// "import_published". Never a name, phone number, address, answer or secret: a test reads the
/// logs of the functional tests for them. Calls may come from several threads.
class Log {
 public:
  enum class Level : std::uint8_t { debug, info, warning, error };
  using Value = std::variant<std::int64_t, double, bool, std::string>;
  struct Field {
    std::string_view key;
    Value value;

    template <class T>
      requires std::is_integral_v<T> && (!std::is_same_v<T, bool>)
    Field(std::string_view k, T v) : key(k), value(static_cast<std::int64_t>(v)) {}
    Field(std::string_view k, bool v) : key(k), value(v) {}
    Field(std::string_view k, double v) : key(k), value(v) {}
    Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    Field(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
    Field(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
  };
  using Fields = std::initializer_list<Field>;

  /// Writes to standard error.
  static Log to_stderr(Level least);
  /// Appends to a file, which is made if need be. Throws Failure if it cannot be opened.
  static Log to_file(const std::string& path, Level least);
  /// For tests that do not care.
  static Log to_nowhere();

  Log(Log&&) noexcept;
  ~Log();

  void debug(std::string_view event, Fields fields = {}) { write(Level::debug, event, fields); }
  void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
  void warning(std::string_view event, Fields fields = {}) { write(Level::warning, event, fields); }
  void error(std::string_view event, Fields fields = {}) { write(Level::error, event, fields); }

 private:
  struct Sink;
  explicit Log(std::unique_ptr<Sink> sink);
  void write(Level level, std::string_view event, Fields fields);
  std::unique_ptr<Sink> sink_;
};

}  // namespace hustings
