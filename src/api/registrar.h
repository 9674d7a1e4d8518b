#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/context.h"
#include "api/spec.h"
#include "net/message.h"

namespace hustings::api {

/// One endpoint without its C++ types: what serving, the OpenAPI document and the TypeScript types
/// are made from.
struct Endpoint {
  Spec spec;
  const Type* input = nullptr;
  const Type* output = nullptr;  ///< null: the handler answers with a net::Response of its own
  /// Reads the Input from the request, calls the handler, writes the Output. Does not check who
  /// calls: serve() did. May throw Failure.
  std::function<Result<net::Response>(Context&, const net::Request&)> run;
  /// Uploads only, and may be null: asked before the file is read, once it is known who calls.
  Status (*admit)(Context&) = nullptr;
};

/// Where each field of the Input comes from.
struct FieldsByPlace {
  std::vector<const Field*> path;
  std::vector<const Field*> query;
  std::vector<const Field*> body;
};
FieldsByPlace by_place(const Endpoint& endpoint);

/// Fills `input` from the request's path, query and body as `endpoint` describes.
Status read_input(const Endpoint& endpoint, const net::Request& request, void* input);

/// The list of all endpoints. A resource adds its own in add_<resource>(Registrar&).
class Registrar {
 public:
  /// H has Input, Output (described, or net::Response for an answer that is not JSON),
  /// static Spec spec(), static Result<Output> call(Context&, const Input&); an upload may have
  /// static Status admit(Context&).
  template <class H>
  void add() {
    Endpoint endpoint;
    endpoint.spec = H::spec();
    endpoint.input = &type_of<typename H::Input>();
    if constexpr (requires(Context& context) { H::admit(context); }) endpoint.admit = &H::admit;
    constexpr bool kRaw = std::is_same_v<typename H::Output, net::Response>;
    if constexpr (!kRaw) endpoint.output = &type_of<typename H::Output>();
    add(std::move(endpoint),
        [](const Endpoint& self, Context& context,
           const net::Request& request) -> Result<net::Response> {
          typename H::Input input{};
          TRY(read_input(self, request, &input));
          auto output = TRY(H::call(context, input));
          if constexpr (kRaw) {
            return output;
          } else {
            net::Response response;
            response.status = self.spec.status;
            append_json(response.body, *self.output, &output);
            return response;
          }
        });
  }

  const std::vector<Endpoint>& endpoints() const { return endpoints_; }

 private:
  using Run = Result<net::Response> (*)(const Endpoint&, Context&, const net::Request&);
  void add(Endpoint endpoint, Run run);
  std::vector<Endpoint> endpoints_;
};

}  // namespace hustings::api
