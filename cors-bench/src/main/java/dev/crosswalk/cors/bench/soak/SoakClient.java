package dev.crosswalk.cors.bench.soak;

import dev.crosswalk.cors.bench.soak.SoakRequest.Answer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The connections to one server, of all kinds, each opened again when it ends. */
final class SoakClient implements AutoCloseable {

  /** What a connection does. */
  enum Behavior {
    /** Asks, waits for the answer, and asks again. */
    ONE_BY_ONE(8),
    /** Asks 32 times before it reads the first answer. */
    PIPELINED(4),
    /** Sends a request character by character. */
    SLOW(40),
    /** Asks a thousand times, reads nothing, and resets the connection. */
    DEAF(4),
    /** Resets the connection in the middle of a request, or before the answer. */
    RESET(6),
    /** Sends what is not HTTP, or hardly. */
    HOSTILE(4),
    /** HTTP/2: asks, 32 times at once. */
    STREAMS(4),
    /** HTTP/2: cancels each request right behind its headers. */
    CANCELED(4),
    /** HTTP/2: opens a hundred streams that never end, and leaves with all of them open. */
    OPEN(90);

    private final int connections;

    Behavior(int connections) {
      this.connections = connections;
    }

    boolean isHttp2() {
      return this == STREAMS || this == CANCELED || this == OPEN;
    }
  }

  private static final int MAX_RESPONSE_BYTES = 256 * 1024;

  private final Judge judge;
  private final SoakStreams streams;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Bootstrap bootstrap;

  private volatile boolean isAsking;

  final AtomicLong connections = new AtomicLong();
  final AtomicLong resets = new AtomicLong();
  final AtomicLong unanswered = new AtomicLong();

  SoakClient(int port, Judge judge) {
    this.judge = judge;
    streams = new SoakStreams(judge);
    bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .remoteAddress("127.0.0.1", port);
  }

  SoakStreams streams() {
    return streams;
  }

  void start() {
    isAsking = true;
    for (Behavior behavior : Behavior.values()) {
      for (int i = 0; i < behavior.connections; i++) {
        loops.schedule(() -> connect(behavior), i * 10L, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Closes all connections; {@link #start()} opens others. */
  void pause() {
    isAsking = false;
    open.close().awaitUninterruptibly();
  }

  @Override
  public void close() {
    pause();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void connect(Behavior behavior) {
    if (!isAsking) {
      return;
    }
    Bootstrap connection = bootstrap.clone();
    if (behavior == Behavior.DEAF || behavior == Behavior.RESET) {
      connection.option(ChannelOption.SO_LINGER, 0);
    }
    if (behavior == Behavior.DEAF) {
      connection.option(ChannelOption.AUTO_READ, false).option(ChannelOption.SO_RCVBUF, 4_096);
    }
    connection
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                open.add(channel);
                connections.incrementAndGet();
                behave(channel, behavior);
                channel
                    .closeFuture()
                    .addListener(
                        closed ->
                            loops.schedule(() -> connect(behavior), 50, TimeUnit.MILLISECONDS));
              }
            })
        .connect();
  }

  private void behave(Channel channel, Behavior behavior) {
    switch (behavior) {
      case ONE_BY_ONE -> answers(channel, new Answers(1, 200));
      case PIPELINED -> answers(channel, new Answers(32, 20));
      case SLOW -> answers(channel, new Slow());
      case DEAF -> channel.pipeline().addLast(new Deaf());
      case RESET -> channel.pipeline().addLast(new Reset());
      case HOSTILE -> channel.pipeline().addLast(new Hostile());
      default -> streams.add(channel, behavior);
    }
  }

  private static void answers(Channel channel, Answers answers) {
    channel
        .pipeline()
        .addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_RESPONSE_BYTES), answers);
  }

  static SoakRequest any() {
    SoakRequest[] all = SoakRequest.values();
    return all[ThreadLocalRandom.current().nextInt(all.length)];
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private record Sent(SoakRequest request, long nanos) {}

  /** Asks some times at once, and again when all is answered, and leaves after so many times. */
  private class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final int atOnce;
    private int times;
    final Queue<Sent> sent = new ArrayDeque<>();

    Answers(int atOnce, int times) {
      this.atOnce = atOnce;
      this.times = times;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < atOnce; i++) {
        SoakRequest request = any();
        sent.add(new Sent(request, System.nanoTime()));
        text.append(request.text());
      }
      send(context, text.toString());
    }

    void send(ChannelHandlerContext context, String text) {
      context.writeAndFlush(bytes(text));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      Sent answered = sent.poll();
      if (answered == null) {
        judge.wrong("an answer to nothing: " + response.status());
        context.close();
        return;
      }
      judge.judge(
          answered.request(),
          Answer.of(response.status().code(), response.headers()),
          answered.nanos());
      if (sent.isEmpty()) {
        if (--times > 0) {
          channelActive(context);
        } else {
          context.close();
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (isAsking) {
        unanswered.addAndGet(sent.size());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** A character each 5 to 25 milliseconds. */
  private final class Slow extends Answers {

    Slow() {
      super(1, 1);
    }

    @Override
    void send(ChannelHandlerContext context, String text) {
      int length = text.length() > 400 ? 400 : 1;
      context.writeAndFlush(bytes(text.substring(0, length)));
      if (length < text.length()) {
        int pause = ThreadLocalRandom.current().nextInt(5, 25);
        context
            .executor()
            .schedule(
                () -> {
                  if (context.channel().isActive()) {
                    send(context, text.substring(length));
                  }
                },
                pause,
                TimeUnit.MILLISECONDS);
      }
    }
  }

  private final class Deaf extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        text.append(SoakRequest.OF_BOTH.text());
      }
      context.writeAndFlush(bytes(text.toString()));
      resets.incrementAndGet();
      int patience = ThreadLocalRandom.current().nextInt(200, 3_000);
      context.executor().schedule(() -> context.close(), patience, TimeUnit.MILLISECONDS);
    }
  }

  private final class Reset extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      String text = any().text();
      int length = ThreadLocalRandom.current().nextInt(1, text.length() + 1);
      boolean isWhole = ThreadLocalRandom.current().nextBoolean();
      context.writeAndFlush(bytes(isWhole ? text : text.substring(0, length)));
      resets.incrementAndGet();
      context
          .executor()
          .schedule(
              () -> context.close(), ThreadLocalRandom.current().nextInt(3), TimeUnit.MILLISECONDS);
    }
  }

  /** No origin here is allowed by any policy, so that no answer may share anything. */
  private final class Hostile extends ChannelInboundHandlerAdapter {

    private final StringBuilder answer = new StringBuilder();

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(bytes(hostile(ThreadLocalRandom.current())));
      context.executor().schedule(() -> context.close(), 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf read = (ByteBuf) message;
      if (answer.length() < MAX_RESPONSE_BYTES) {
        answer.append(read.toString(StandardCharsets.ISO_8859_1));
      }
      read.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      String said = answer.toString().toLowerCase(Locale.ROOT);
      if (said.contains("access-control-allow-origin")) {
        judge.wrong("a hostile request is answered by " + said.lines().limit(12).toList());
      } else if (!said.isEmpty()) {
        judge.right();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static String hostile(Random random) {
    StringBuilder noise = new StringBuilder();
    int length = 1 + random.nextInt(random.nextBoolean() ? 200 : 20_000);
    for (int i = 0; i < length; i++) {
      noise.append((char) random.nextInt(256));
    }
    String line = noise.toString().replaceAll("[\\r\\n\\x00]", "");
    String head = "GET /text HTTP/1.1\r\nHost: api.example\r\n";
    String origin = "Origin: https://nobody.example\r\n";
    String end = "Connection: close\r\n\r\n";
    return switch (random.nextInt(11)) {
      case 0 -> noise.toString();
      case 1 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + noise;
      case 2 -> "\u0016\u0003\u0001" + noise;
      case 3 -> head + "Origin: " + line + "\r\n" + end;
      case 4 -> head + "Origin: https://both.example\r\nOrigin: https://first.example\r\n" + end;
      case 5 -> head + "Origin: https://both.example." + line + "\r\n" + end;
      case 6 -> "GET /" + "%25".repeat(length / 3) + " HTTP/1.1\r\nHost: a\r\n" + origin + end;
      case 7 -> head + origin + "Upgrade: " + ",".repeat(length) + "\r\n" + end;
      case 8 ->
          "OPTIONS /text HTTP/1.1\r\nHost: a\r\n"
              + origin
              + "Access-Control-Request-Method: "
              + line
              + "\r\nAccess-Control-Request-Headers: "
              + ",x".repeat(length / 2)
              + "\r\n"
              + end;
      case 9 ->
          "POST /text HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
              + origin
              + "\r\nfffffffff\r\n"
              + noise;
      default -> "GET /text HTTP/1.1\r\nHost: " + ":".repeat(length) + "\r\n" + origin + end;
    };
  }
}
