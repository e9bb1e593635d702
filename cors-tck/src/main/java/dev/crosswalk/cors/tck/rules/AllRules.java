package dev.crosswalk.cors.tck.rules;

/** Every family of rules. */
public interface AllRules
    extends NotCorsRules,
        ClassificationRules,
        OriginRules,
        LookAlikeRules,
        PatternRules,
        NullRules,
        CredentialsRules,
        PreflightRules,
        MethodRules,
        RequestHeaderRules,
        MaxAgeRules,
        ExposedHeaderRules,
        CacheRules,
        ErrorRules,
        RedirectRules,
        StreamRules,
        IntegrationRules,
        BorderRules,
        GuardRules,
        GuardPathRules,
        GuardWebSocketRules,
        RobustnessRules,
        BrowserRules {}
