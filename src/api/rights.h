#pragma once

namespace hustings::api {

class Registrar;

/// What a person may ask for: everything that is known of them, and to be erased.
void add_rights(Registrar& registrar);

}  // namespace hustings::api
