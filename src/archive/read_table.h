#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/manifest.h"
#include "base/error.h"
#include "objectstore/store.h"

namespace hustings::archive {

/// A row: its fields in the order of `columns`, nothing for null, without COPY's escapes.
using OnFields = std::function<void(const std::vector<std::optional<std::string>>& fields)>;

/// Reads some columns of one table of an archive, after every digest of the table was compared.
/// not_found when the archive has no such table or column: it is older than that.
Status read_table(objectstore::Store& store, const Manifest& manifest, std::string_view table,
                  const std::vector<std::string>& columns, const OnFields& use);

}  // namespace hustings::archive
