#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

/// Named, immutable runs of bytes: a folder today, S3 behind the same interface later.
///
/// A name is one or more parts of letters, digits and "._-%" with "/" between them, at most 512
/// bytes, no part starting with a dot: so it can never leave the folder, and is the same
/// everywhere.
namespace hustings::objectstore {

/// An object that is being written. It exists, whole, from commit() on and not before; a writer
/// that is destroyed without commit() leaves nothing. For one thread at a time.
class Writer {
 public:
  virtual ~Writer() = default;
  /// Throws Failure when the place is full or gone.
  virtual void write(std::string_view bytes) = 0;
  /// Durable when it returns. conflict if an object of this name was made meanwhile.
  virtual Status commit() = 0;
};

/// For one thread at a time.
class Reader {
 public:
  virtual ~Reader() = default;
  /// Fills `room` from its start; how many bytes, 0 at the end. Throws Failure if the place fails.
  virtual std::size_t read(std::span<char> room) = 0;
};

struct Object {
  std::string name;
  std::uint64_t bytes = 0;
};

/// Calls may come from several threads. Objects are never changed: put() refuses a name that is
/// taken. A name that breaks the rule above is `invalid`, a missing object `not_found`, one that
/// may not be read `unavailable`.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::unique_ptr<Writer>> put(std::string_view name) = 0;
  virtual Result<std::unique_ptr<Reader>> get(std::string_view name) = 0;
  /// All finished objects, in the order of their names.
  virtual Result<std::vector<Object>> list() = 0;
  virtual Result<bool> exists(std::string_view name) = 0;
  virtual Status remove(std::string_view name) = 0;
  /// Clears away what killed writers left; how many. Only while nobody writes.
  virtual Result<int> remove_unfinished() = 0;
  /// Where it is, for a person: a path or a URL.
  virtual std::string place() const = 0;
};

/// The rule for names above.
Status check_name(std::string_view name);

/// A whole small object, e.g. a manifest; over_limit above `bytes_max`.
Result<std::string> read_all(Store& store, std::string_view name, std::uint64_t bytes_max);
/// Writes and commits a small object.
Status write_all(Store& store, std::string_view name, std::string_view bytes);

}  // namespace hustings::objectstore
