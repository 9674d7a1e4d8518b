#pragma once

#include <map>
#include <string>

#include "base/guarded.h"
#include "objectstore/store.h"

namespace hustings::objectstore::testing {

/// Objects in memory, for tests: each can be looked at, damaged or taken away.
class MemoryStore final : public Store {
 public:
  using Objects = std::map<std::string, std::string, std::less<>>;

  Result<std::unique_ptr<Writer>> put(std::string_view name) override;
  Result<std::unique_ptr<Reader>> get(std::string_view name) override;
  Result<std::vector<Object>> list() override;
  Result<bool> exists(std::string_view name) override;
  Status remove(std::string_view name) override;
  Result<int> remove_unfinished() override { return 0; }
  std::string place() const override { return "memory"; }

  /// From now on writing throws Failure once this many bytes have been taken: a full disk.
  void set_room(std::uint64_t bytes) { *room_.lock() = bytes; }
  Guarded<Objects>::Access objects() { return objects_.lock(); }

 private:
  class ObjectWriter;
  void take_room(std::uint64_t bytes);
  Guarded<Objects> objects_;
  Guarded<std::uint64_t> room_{~std::uint64_t{0}};
};

}  // namespace hustings::objectstore::testing
