package dev.crosswalk.cors.bench.soak;

import dev.crosswalk.cors.bench.server.Server;
import dev.crosswalk.cors.bench.soak.SoakClient.Behavior;
import dev.crosswalk.cors.bench.soak.SoakRequest.Answer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of a {@link SoakClient} that speak HTTP/2, without TLS and from the first byte.
 */
final class SoakStreams {

  private static final int AT_ONCE = 32;
  private static final int STREAMS_OF_A_CONNECTION = 2_000;
  private static final int LEFT_OPEN = 100;

  private final Judge judge;

  final AtomicLong answers = new AtomicLong();
  final AtomicLong canceled = new AtomicLong();
  final AtomicInteger mostOpen = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  SoakStreams(Judge judge) {
    this.judge = judge;
  }

  void add(Channel channel, Behavior behavior) {
    channel
        .pipeline()
        .addLast(
            // Without waiting for the streams, which would hold the connection open.
            Http2FrameCodecBuilder.forClient().gracefulShutdownTimeoutMillis(0).build(),
            new Http2MultiplexHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel pushed) {
                    pushed.close();
                  }
                }),
            new Connection(behavior));
  }

  /**
   * Begins when the server has said how many streams it takes. It waits for an answer before it
   * cancels more streams, and before it leaves those that it has opened: a client that does not
   * wait asks faster than a busy machine answers, and what it measures is the server's queue.
   */
  private final class Connection extends ChannelInboundHandlerAdapter {

    private final Behavior behavior;
    private boolean hasBegun;
    private int left = STREAMS_OF_A_CONNECTION;

    Connection(Behavior behavior) {
      this.behavior = behavior;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2SettingsFrame settings && !hasBegun) {
        hasBegun = true;
        Long most = settings.settings().maxConcurrentStreams();
        begin(context, most == null ? LEFT_OPEN : (int) Math.min(most, LEFT_OPEN));
      }
      ReferenceCountUtil.release(frame);
    }

    private void begin(ChannelHandlerContext context, int most) {
      switch (behavior) {
        case STREAMS -> {
          for (int i = 0; i < Math.min(most, AT_ONCE); i++) {
            askOn(context);
          }
        }
        case CANCELED -> cancel(context);
        default -> {
          for (int i = 0; i < most - 1; i++) {
            stream(context, new Endless()).addListener(opened -> send(opened, endless()));
          }
          int patience = ThreadLocalRandom.current().nextInt(10_000, 15_000);
          ask(context, () -> later(context, () -> context.close(), patience));
        }
      }
    }

    private void askOn(ChannelHandlerContext context) {
      if (left-- <= 0) {
        context.close();
      } else {
        ask(context, () -> askOn(context));
      }
    }

    private void cancel(ChannelHandlerContext context) {
      if (!context.channel().isActive()) {
        return;
      }
      for (int i = 0; i < 10 && left > 0; i++, left--) {
        stream(context, new ChannelInboundHandlerAdapter())
            .addListener(
                opened -> {
                  send(opened, headers(SoakClient.any()));
                  if (opened.isSuccess()) {
                    ((Channel) opened.getNow())
                        .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
                    canceled.incrementAndGet();
                  }
                });
      }
      if (left > 0) {
        ask(context, () -> later(context, () -> cancel(context), 20));
      } else {
        context.close();
      }
    }

    private void later(ChannelHandlerContext context, Runnable action, int milliseconds) {
      context.executor().schedule(action, milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Asks, and does something when that stream has ended. */
  private void ask(ChannelHandlerContext connection, Runnable next) {
    SoakRequest request = SoakClient.any();
    stream(connection, new Asked(request, next))
        .addListener(opened -> send(opened, headers(request)));
  }

  private static Future<Http2StreamChannel> stream(
      ChannelHandlerContext context, ChannelHandler handler) {
    return new Http2StreamChannelBootstrap(context.channel()).handler(handler).open();
  }

  private static void send(Future<?> opened, Http2Headers headers) {
    if (opened.isSuccess()) {
      ((Channel) opened.getNow()).writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
    }
  }

  private static Http2Headers headers(SoakRequest request) {
    Http2Headers headers = headers(request.method(), request.path());
    request.headers().forEach((name, value) -> headers.add(name.toLowerCase(Locale.ROOT), value));
    return headers;
  }

  private static Http2Headers endless() {
    return headers("GET", Server.ENDLESS).add("origin", "https://both.example");
  }

  private static Http2Headers headers(String method, String path) {
    return new DefaultHttp2Headers()
        .method(method)
        .scheme("http")
        .authority("api.example")
        .path(path);
  }

  /** A stream with a request, whose answer is judged, and behind which the next one comes. */
  private final class Asked extends ChannelInboundHandlerAdapter {

    private final SoakRequest request;
    private final Runnable next;
    private final long sent = System.nanoTime();

    Asked(SoakRequest request, Runnable next) {
      this.request = request;
      this.next = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame head && head.headers().status() != null) {
        int status = Integer.parseInt(head.headers().status().toString());
        judge.judge(request, Answer.of(status, head.headers()), sent);
        answers.incrementAndGet();
      }
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      next.run();
    }
  }

  private final class Endless extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      open.decrementAndGet();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      ReferenceCountUtil.release(frame);
    }
  }
}
