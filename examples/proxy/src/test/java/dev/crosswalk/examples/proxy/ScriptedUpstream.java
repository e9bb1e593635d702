package dev.crosswalk.examples.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** An API that answers whatever bytes a test wants, one request on each connection. */
final class ScriptedUpstream implements AutoCloseable {

  /** What it does once it has read the head of a request. */
  interface Script {
    void answer(InputStream in, OutputStream out) throws Exception;
  }

  /** The heads of all requests, as they came. */
  final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  /** Those that are open. */
  final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ScriptedUpstream(Script script) throws IOException {
    this("127.0.0.1", 0, script);
  }

  ScriptedUpstream(String address, int port, Script script) throws IOException {
    server = new ServerSocket(port, 300, InetAddress.getByName(address));
    threads.execute(() -> accept(script));
  }

  /** Answers each request alike; lines of the answer end in {@code \n} here. */
  static ScriptedUpstream answering(String answer) throws IOException {
    byte[] bytes = wire(answer).getBytes(ISO_8859_1);
    return new ScriptedUpstream((in, out) -> out.write(bytes));
  }

  /** The bytes of a head that is written with {@code \n}. */
  static String wire(String text) {
    return text.replace("\n", "\r\n");
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        threads.execute(() -> serve(socket, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int read = in.read();
        if (read < 0) {
          return;
        }
        head.append((char) read);
      }
      heads.add(head.toString());
      script.answer(in, socket.getOutputStream());
    } catch (Exception e) {
      // The other side has gone, or the test has ended.
    } finally {
      connections.remove(socket);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : connections) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
