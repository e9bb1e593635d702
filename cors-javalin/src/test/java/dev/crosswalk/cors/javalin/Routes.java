package dev.crosswalk.cors.javalin;

import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/** What Javalin 6 and 7 do alike by methods that are not the same. */
interface Routes {

  void add(HandlerType type, String path, Handler handler, RouteRole... roles);

  <E extends Exception> void onException(Class<E> type, ExceptionHandler<? super E> handler);

  void onError(int status, Handler handler);

  void addWebSocket(String path, Consumer<WsConfig> webSocket);
}
