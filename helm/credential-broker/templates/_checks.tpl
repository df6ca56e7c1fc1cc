{{/* What a schema cannot say. Each is one line that names the value and says what to do. */}}
{{- define "broker.check" -}}
{{- if not .Values.image.repository -}}
{{- fail "image.repository: is empty; name the image that deploy/docker builds, in a registry of yours" -}}
{{- end -}}
{{- if not .Values.config.broker -}}
{{- fail "config.broker: is empty; issuers, roles and STS go there, see docs/configuration.md" -}}
{{- end -}}
{{- if regexMatch "(?mi)^[ -]*[\"']?[a-z0-9_.\"-]*(password|secret|secret-access-key|session-token)[\"']?:" (toYaml .Values.config) -}}
{{- fail "config: holds a secret, which would stand readable in a ConfigMap; put it into a Secret, and name that in tls, redis, aws or env" -}}
{{- end -}}
{{- range (dig "broker" "cache" "redis" "keys" (list) .Values.config) -}}
{{- if hasKey . "value" -}}
{{- fail "config.broker.cache.redis.keys: holds a secret, the key of all shared sessions, which would stand readable in a ConfigMap; put it into a Secret, and name that in redis" -}}
{{- end -}}
{{- end -}}
{{- if regexMatch "PRIVATE KEY-----" (toYaml (list .Values.config .Values.files .Values.env)) -}}
{{- fail "config, files, env: hold a private key, which would stand readable in a ConfigMap; put it into a Secret" -}}
{{- end -}}
{{- if regexMatch "://[^/@ ]*:[^/@ ]+@" (toYaml (list .Values.config .Values.redis)) -}}
{{- fail "config, redis.address: hold a URL with a password, which would stand readable in a ConfigMap; put it into a Secret" -}}
{{- end -}}
{{- range .Values.env -}}
{{- if and (hasKey . "value") (regexMatch "(?i)(password|secret|session_token|private_key|redis_keys_.*_value)" .name) -}}
{{- fail (printf "env: %s has a secret as a value; take it from a Secret with valueFrom.secretKeyRef" .name) -}}
{{- end -}}
{{- end -}}
{{- with .Values.tls -}}
{{- if and .enabled (not .existingSecret) (not .certManager.enabled) -}}
{{- fail "tls.enabled: needs a certificate; set tls.existingSecret or tls.certManager.enabled" -}}
{{- end -}}
{{- if and .existingSecret .certManager.enabled -}}
{{- fail "tls.existingSecret: contradicts tls.certManager.enabled; set one of them" -}}
{{- end -}}
{{- if and (not .enabled) (or .existingSecret .certManager.enabled .clientCertificates.required) -}}
{{- fail "tls.enabled: is false, and so nothing else under tls has an effect; set it to true" -}}
{{- end -}}
{{- end -}}
{{- $least := add .Values.preStopSleepSeconds 16 | int -}}
{{- if lt (int .Values.terminationGracePeriodSeconds) $least -}}
{{- fail (printf "terminationGracePeriodSeconds: is %d, and the pod would be killed while it drains; at least %d" (int .Values.terminationGracePeriodSeconds) $least) -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail "autoscaling.minReplicas: is above autoscaling.maxReplicas" -}}
{{- end -}}
{{- end -}}
