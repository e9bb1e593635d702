// on JDK 21 or later: STATE_NEWER_JDK names it
// org.http4k:http4k-core:6.15.1.0
package state

import org.http4k.core.Method
import org.http4k.core.Response
import org.http4k.core.Status
import org.http4k.core.then
import org.http4k.filter.AllowAllOriginPolicy
import org.http4k.filter.CorsPolicy
import org.http4k.filter.OriginPolicy
import org.http4k.filter.Only
import org.http4k.filter.ServerFilters
import org.http4k.routing.bind
import org.http4k.routing.routes
import org.http4k.server.SunHttp
import org.http4k.server.asServer

fun main(arguments: Array<String>) {
  val policy = CorsPolicy(
    OriginPolicy.Only("https://app.example.com"),
    listOf("authorization", "content-type"),
    listOf(Method.GET, Method.PUT),
    true)
  ServerFilters.Cors(policy)
    .then(routes("/items" bind Method.GET to { Response(Status.OK).body("{\"items\":[]}") }))
    .asServer(SunHttp(arguments[0].toInt()))
    .start()
}
