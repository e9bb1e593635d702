package dev.crosswalk.cors.internal.origin;

import dev.crosswalk.cors.internal.syntax.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names below which anyone can get a name, and which are not {@link PublicSuffixes}: their owners
 * never asked for it, or were refused. Each belongs to a service that is open to everyone. The list
 * is of {@value #DATE}. Review it from time to time.
 *
 * <p>A list of {@code *.} names below which there is one more level of such names, a region or an
 * account: {@code *.devtunnels.ms} stands for {@code devtunnels.ms} and for all names below it.
 */
public final class SharedHosts {

  /** When the list was last changed, by ISO 8601. */
  static final String DATE = "2026-11-27";

  /** Why anybody can get a name there. */
  enum Reason {
    /** A program on anybody's own machine answers under such a name. */
    TUNNEL("a tunnel to anyone's machine"),
    /** Anybody's workspace, notebook or preview runs there, with code of its owner's. */
    WORKSPACE("anyone's workspace"),
    /** Anybody can open a site, a blog or a shop there. */
    SITE("anyone's site"),
    /** Anybody who signs up for the service gets a name, and what is there comes from them. */
    ACCOUNT("anyone's account"),
    /** Such a name is made of an IP address, of any one. */
    ADDRESS("any IP address");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private static final Map<String, Reason> NAMES = new HashMap<>();

  static {
    put(
        Reason.TUNNEL,
        "*.devtunnels.ms", // Microsoft's dev tunnels: id-port.region
        "*.exp.direct", // Expo
        "*.pagekite.me",
        "*.pinggy-free.link", // Pinggy
        "*.pinggy.link",
        "*.try.coder.app", // Coder: name.region
        "*.tuns.sh", // pico: user-name.region
        "bore.digital",
        "hostlocal.app", // Pangolin, which asked for these four to be public suffixes
        "instatunnel.my",
        "jprq.site", // jprq
        "l.tunwg.com",
        "lhr.life", // localhost.run
        "lhr.rocks",
        "loca.lt", // localtunnel
        "localhost.run",
        "localtunnel.me",
        "loclx.io", // LocalXpose
        "loophole.site", // Loophole
        "pktriot.net", // Packetriot
        "serveo.net",
        "serveousercontent.com",
        "share.zrok.io",
        "sharedwithexpose.com", // Expose
        "tunneled.to",
        "tunnelmy.app",
        "tunnelto.dev",
        "visitmy.app");
    put(
        Reason.WORKSPACE,
        "*.cloudshell.dev", // Google Cloud Shell: port-workspace.region
        "*.cloudworkstations.dev", // Google Cloud Workstations and Firebase Studio
        "*.codesandbox.io", // id.sse.codesandbox.io, and sites
        "*.github.dev", // GitHub Codespaces: name-port.app.github.dev
        "*.gitpod.dev", // its successor, and Ona: port--name.region
        "*.gitpod.io", // port-workspace.region
        "*.nhost.run", // service.region
        "*.paperspacegradient.com", // notebook.cluster
        "*.scalingo.io", // app.region
        "*.webcontainer-api.io", // StackBlitz, and all who use its WebContainers
        "*.webcontainer.io",
        "anvil.app",
        "cloudspaces.litng.ai", // Lightning AI: port-name
        "codeanyapp.com", // Codeanywhere
        "gradio.app", // older links of Gradio
        "gradio.live", // Gradio's shared links
        "modal.run", // Modal: account--name
        "proxy.runpod.net", // RunPod: name-port
        "shinyapps.io", // Posit
        "stackblitz.io");
    put(
        Reason.SITE,
        "*.beeceptor.com", // anybody's answers, in name.free.beeceptor.com, too
        "*.fc2.com", // name.web, name.blog
        "*.googleusercontent.com", // Apps Script, translated pages, machines of Compute Engine
        "*.pipedream.net", // anybody's answers
        "42web.io", // InfinityFree
        "b-cdn.net", // bunny.net
        "bandcamp.com",
        "beehiiv.com",
        "bigcartel.com",
        "canalblog.com",
        "cargo.site",
        "clickfunnels.com",
        "company.site", // Ecwid
        "created.app", // Anything
        "deviantart.com",
        "dreamwidth.org",
        "edgeone.app", // Tencent's EdgeOne Pages
        "epizy.com", // InfinityFree
        "fandom.com",
        "flywheelsites.com",
        "freeforums.net", // ProBoards
        "ghost.io",
        "glide.page", // Glide
        "godaddysites.com",
        "great-site.net", // InfinityFree
        "gumroad.com",
        "hashnode.dev",
        "hostingersite.com",
        "hs-sites.com", // HubSpot
        "hubspotpagebuilder.com",
        "infinityfreeapp.com",
        "instawp.site",
        "instawp.xyz",
        "ipq.co", // a name for whatever address somebody enters
        "itch.io",
        "jimdofree.com",
        "jimdosite.com",
        "kinsta.cloud",
        "koyeb.app",
        "livejournal.com",
        "manus.space",
        "medium.com",
        "micro.blog",
        "mybigcommerce.com",
        "myclickfunnels.com",
        "myfreesites.net",
        "mykajabi.com", // Kajabi
        "mystrikingly.com",
        "neocities.org",
        "over-blog.com",
        "podia.com",
        "proboards.com",
        "rf.gd", // InfinityFree
        "sg-host.com", // SiteGround
        "smugmug.com",
        "softr.app",
        "squarespace.com",
        "storenvy.com",
        "strikingly.com",
        "substack.com",
        "super.site", // Super
        "teachable.com",
        "thinkific.com",
        "tiiny.site",
        "tilda.ws", // Tilda
        "tistory.com",
        "tripod.com",
        "tumblr.com",
        "ucraft.site",
        "w3spaces.com", // W3Schools
        "webador.com",
        "webhook.site", // anybody's answers
        "webnode.com",
        "webnode.page",
        "weebly.com",
        "weeblysite.com", // Weebly
        "wikidot.com",
        "wordpress.com",
        "wpcomstaging.com",
        "wpengine.com",
        "zohosites.com");
    put(
        Reason.ACCOUNT,
        "*.aliyuncs.com", // Alibaba Cloud: bucket.region
        "*.appdomain.cloud", // IBM Cloud: cluster.region
        "*.auth0.com", // pages of login, which their owners write
        "*.azurecontainerapps.io", // app.environment.region
        "*.backblazeb2.com", // bucket.s3.region
        "*.cloudapp.azure.com", // name.region
        "*.force.com", // Salesforce
        "*.hana.ondemand.com", // SAP: app.region
        "*.myqcloud.com", // Tencent Cloud: bucket.cos.region
        "*.salesforce-sites.com", // name.my.salesforce-sites.com
        "*.salesforce.com", // name.my.salesforce.com
        "*.site.com", // name.my.site.com of Salesforce
        "*.wasabisys.com", // bucket.region
        "atlassian.net",
        "b2clogin.com", // Azure AD B2C: pages of login, which their owners write
        "ciamlogin.com", // Microsoft Entra, the same
        "document360.io",
        "freshdesk.com",
        "freshservice.com",
        "helpscoutdocs.com",
        "mendixcloud.com",
        "microsoftcrmportals.com", // the older name of Power Pages
        "mintlify.app",
        "myvtex.com", // VTEX
        "okta.com",
        "powerappsportals.com", // Power Pages
        "readme.io",
        "service-now.com", // anybody's developer instance
        "sharepoint.com",
        "snowflakecomputing.app", // Snowflake: name-organization-account
        "statuspage.io",
        "storage.googleapis.com", // Google Cloud Storage: bucket
        "uservoice.com",
        "zendesk.com",
        "zohodesk.com");
    put(
        Reason.ADDRESS,
        "*.backname.io",
        "*.local-ip.co",
        "*.local-ip.sh",
        "*.nip.io",
        "*.plex.direct", // address.account
        "*.sslip.io",
        "*.traefik.me");
  }

  /** For each name above a shared one, the shared one. */
  private static final Map<String, String> BELOW = new HashMap<>();

  static {
    for (String entry : NAMES.keySet()) {
      String name = entry.startsWith("*.") ? entry.substring(2) : entry;
      for (int from = afterDot(name, 0); from > 0; from = afterDot(name, from)) {
        BELOW.putIfAbsent(name.substring(from), name);
      }
    }
  }

  private SharedHosts() {}

  private static void put(Reason reason, String... names) {
    for (String name : names) {
      NAMES.put(name, reason);
    }
  }

  /**
   * Returns a name for a person, with the reason why anybody can get one below it, if known here.
   */
  public static String inWords(String name) {
    Reason reason = reason(name.startsWith("*.") ? name.substring(2) : name);
    return Text.quote(name) + (reason == null ? "" : " (" + reason.words + ")");
  }

  /** Whether anybody can get a name right below this one, which is a host in ASCII. */
  static boolean isShared(String host) {
    return reason(host) != null;
  }

  /** Returns why anybody can get a name right below this one; null if it is not known here. */
  static @Nullable Reason reason(String host) {
    Reason reason = NAMES.get(host);
    for (int from = 0; reason == null && from >= 0; from = afterDot(host, from)) {
      reason = NAMES.get("*." + host.substring(from));
    }
    return reason;
  }

  private static int afterDot(String host, int from) {
    int dot = host.indexOf('.', from);
    return dot == -1 ? -1 : dot + 1;
  }

  /** Returns a shared name below a host, if there is one: {@code *.zrok.io} covers many. */
  static @Nullable String below(String host) {
    return BELOW.get(host);
  }

  /** Returns the entries, for tests. */
  static List<String> names() {
    return List.copyOf(NAMES.keySet());
  }
}
