package dev.crosswalk.cors.tck.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback address that says what a script says, HTTP or not. */
public final class ScriptedServer implements Closeable {

  /** What happens on one connection; it is closed when this returns. */
  @FunctionalInterface
  public interface Script {
    void play(Wire wire) throws IOException, InterruptedException;
  }

  /** The server's end of a connection. */
  public final class Wire {
    private final InputStream in;
    private final OutputStream out;

    private Wire(Socket socket) throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** Reads up to the empty line; what was read is one of {@link #heads()}. */
    public String readHead() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the client left");
        }
        head.write(b);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      heads.add(text);
      return text;
    }

    public byte[] readBody(int length) throws IOException {
      return in.readNBytes(length);
    }

    public void say(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private ScriptedServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
  }

  public static ScriptedServer start(Script script) throws IOException {
    return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  public static ScriptedServer start(ServerSocket socket, Script script) {
    ScriptedServer server = new ScriptedServer(socket, script);
    Thread thread = new Thread(server::accept, "scripted-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** One that reads each request's head and says the same. */
  static ScriptedServer saying(String response) throws IOException {
    return start(
        wire -> {
          wire.readHead();
          wire.say(response);
        });
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread thread = new Thread(() -> play(connection), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // Closed, or a client that left at once.
      }
    }
  }

  private void play(Socket connection) {
    try (connection) {
      script.play(new Wire(connection));
    } catch (IOException | InterruptedException e) {
      // The client left before the script ended; its test sees what came of it.
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** The heads of all requests so far, byte for byte. */
  public List<String> heads() {
    return heads;
  }

  public int connections() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
