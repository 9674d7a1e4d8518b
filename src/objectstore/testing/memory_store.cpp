#include "objectstore/testing/memory_store.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hustings::objectstore::testing {

class MemoryStore::ObjectWriter final : public Writer {
 public:
  ObjectWriter(MemoryStore& store, std::string name) : store_(store), name_(std::move(name)) {}
  void write(std::string_view bytes) override {
    store_.take_room(bytes.size());
    bytes_ += bytes;
  }
  Status commit() override {
    const auto objects = store_.objects_.lock();
    if (!objects->emplace(name_, std::move(bytes_)).second) {
      return refuse(ErrorCode::conflict, name_ + " exists already in memory.");
    }
    return {};
  }

 private:
  MemoryStore& store_;
  std::string name_;
  std::string bytes_;
};

namespace {

class ObjectReader final : public Reader {
 public:
  explicit ObjectReader(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(std::span<char> room) override {
    const std::size_t size = std::min(room.size(), bytes_.size() - at_);
    std::memcpy(room.data(), bytes_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace

void MemoryStore::take_room(std::uint64_t bytes) {
  const auto room = room_.lock();
  if (*room < bytes) throw Failure("Writing failed: the disk is full.");
  *room -= bytes;
}

Result<std::unique_ptr<Writer>> MemoryStore::put(std::string_view name) {
  if (TRY(exists(name))) {
    return refuse(ErrorCode::conflict, std::string(name) + " exists already in memory.");
  }
  return std::make_unique<ObjectWriter>(*this, std::string(name));
}

Result<std::unique_ptr<Reader>> MemoryStore::get(std::string_view name) {
  TRY(check_name(name));
  const auto objects = objects_.lock();
  const auto found = objects->find(name);
  if (found == objects->end()) {
    return refuse(ErrorCode::not_found, std::string(name) + " is missing in memory.");
  }
  return std::make_unique<ObjectReader>(found->second);
}

Result<std::vector<Object>> MemoryStore::list() {
  std::vector<Object> out;
  for (const auto& [name, bytes] : *objects_.lock())
    out.push_back({name, bytes.size()});
  return out;
}

Result<bool> MemoryStore::exists(std::string_view name) {
  TRY(check_name(name));
  return objects_.lock()->contains(name);
}

Status MemoryStore::remove(std::string_view name) {
  TRY(check_name(name));
  if (objects_.lock()->erase(std::string(name)) == 0) {
    return refuse(ErrorCode::not_found, std::string(name) + " is missing in memory.");
  }
  return {};
}

}  // namespace hustings::objectstore::testing
