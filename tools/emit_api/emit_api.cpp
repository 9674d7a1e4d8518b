// emit_api: the files that are made from the API's descriptions and the configuration's table.
// Usage: emit_api --openapi | --typescript | --config-reference | --out FOLDER
// --out writes all of them at their places below FOLDER (the checkout).
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/documents.h"
#include "api/endpoints.h"
#include "base/config.h"

namespace hustings::api {
namespace {

int write_all(const std::filesystem::path& folder, const Registrar& registrar) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"docs/reference/openapi.json", openapi_document(registrar)},
      {"web/src/api/types.ts", typescript_types(registrar)},
      {"docs/reference/configuration.md", config_reference()},
  };
  for (const auto& [name, text] : files) {
    const std::filesystem::path path = folder / name;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) {
      std::cerr << "emit_api: " << path.string() << " cannot be written\n";
      return 2;
    }
  }
  return 0;
}

int run(const std::vector<std::string_view>& arguments) {
  Registrar registrar;
  register_all(registrar);
  if (arguments.size() == 2 && arguments[0] == "--out") return write_all(arguments[1], registrar);
  std::string text;
  if (arguments.size() == 1 && arguments[0] == "--openapi") {
    text = openapi_document(registrar);
  } else if (arguments.size() == 1 && arguments[0] == "--typescript") {
    text = typescript_types(registrar);
  } else if (arguments.size() == 1 && arguments[0] == "--config-reference") {
    text = config_reference();
  } else {
    std::cerr << "usage: emit_api --openapi | --typescript | --config-reference | --out FOLDER\n";
    return 2;
  }
  std::cout.write(text.data(), static_cast<std::streamsize>(text.size()));
  return 0;
}

}  // namespace
}  // namespace hustings::api

int main(int argc, char** argv) {
  try {
    return hustings::api::run({argv + 1, argv + argc});
  } catch (const std::exception& broken) {
    std::cerr << "emit_api: " << broken.what() << '\n';
    return 1;
  }
}
