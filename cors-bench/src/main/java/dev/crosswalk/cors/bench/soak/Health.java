package dev.crosswalk.cors.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a JVM holds while nobody asks it.
 *
 * @param heap the bytes on the heap after a collection
 * @param threads the number of threads
 * @param descriptors the number of open files and sockets
 */
record Health(long heap, int threads, long descriptors) {

  private static final double MEGABYTE = 1024 * 1024;

  /** Caches fill late, and what is on its way when the collection comes is counted. */
  private static final long HEAP_TOLERANCE = 6 * 1024 * 1024;

  /** Pools start a thread when they are busy, and keep it for a minute. */
  private static final int THREAD_TOLERANCE = 8;

  private static final int DESCRIPTOR_TOLERANCE = 8;

  static {
    // A JVM whose memory is full may neither answer nor end.
    System.setProperty("sun.rmi.transport.tcp.responseTimeout", "60000");
  }

  /** Opens the view into another JVM of this user. */
  @SuppressWarnings("BanJNDI") // The address comes from that JVM, and leads to this machine.
  static MBeanServerConnection of(long process) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        return JMXConnectorFactory.connect(url).getMBeanServerConnection();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  static Health measure(MBeanServerConnection jvm) throws IOException {
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            jvm, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            jvm, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    UnixOperatingSystemMXBean system =
        ManagementFactory.newPlatformMXBeanProxy(
            jvm, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
    try {
      memory.gc();
      memory.gc(); // What a finalizer or a cleaner holds goes with the second.
      return new Health(
          memory.getHeapMemoryUsage().getUsed(),
          threads.getThreadCount(),
          system.getOpenFileDescriptorCount());
    } catch (UndeclaredThrowableException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Returns the classes with the most bytes of live objects, as {@code jcmd} prints them. */
  static List<String> histogram(MBeanServerConnection jvm, int lines) throws IOException {
    try {
      Object text =
          jvm.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "gcClassHistogram",
              new Object[] {new String[0]},
              new String[] {String[].class.getName()});
      return text.toString().lines().limit(lines + 2L).toList();
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  /** Returns what has grown since an earlier time, by more than is to be expected. */
  List<String> growthSince(Health earlier) {
    List<String> growth = new ArrayList<>();
    if (heap > earlier.heap + HEAP_TOLERANCE) {
      growth.add(
          String.format(
              Locale.ROOT,
              "the heap has grown from %.1f to %.1f MB",
              earlier.heap / MEGABYTE,
              heap / MEGABYTE));
    }
    if (threads > earlier.threads + THREAD_TOLERANCE) {
      growth.add("the threads have grown from " + earlier.threads + " to " + threads);
    }
    if (descriptors > earlier.descriptors + DESCRIPTOR_TOLERANCE) {
      growth.add(
          "the open files and sockets have grown from "
              + earlier.descriptors
              + " to "
              + descriptors);
    }
    return growth;
  }

  /** Whether it has become less, by more than what comes and goes. */
  boolean isLessThan(Health earlier) {
    return descriptors < earlier.descriptors
        || threads < earlier.threads
        || heap < earlier.heap - HEAP_TOLERANCE / 10;
  }

  String heapInMegabytes() {
    return String.format(Locale.ROOT, "%.1f", heap / MEGABYTE);
  }
}
