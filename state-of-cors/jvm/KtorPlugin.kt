// io.ktor:ktor-server-cio-jvm:3.5.2
// io.ktor:ktor-server-cors-jvm:3.5.2
package state

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.cio.*
import io.ktor.server.engine.*
import io.ktor.server.plugins.cors.routing.*
import io.ktor.server.response.*
import io.ktor.server.routing.*

fun main(arguments: Array<String>) {
  embeddedServer(CIO, port = arguments[0].toInt(), host = "127.0.0.1") {
    install(CORS) {
      allowHost("app.example.com", schemes = listOf("https"))
      allowMethod(HttpMethod.Put)
      allowHeader(HttpHeaders.Authorization)
      allowCredentials = true
    }
    routing { get("/items") { call.respondText("{\"items\":[]}", ContentType.Application.Json) } }
  }.start(wait = true)
}
