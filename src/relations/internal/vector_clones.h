#ifndef AWASE_RELATIONS_INTERNAL_VECTOR_CLONES_H_
#define AWASE_RELATIONS_INTERNAL_VECTOR_CLONES_H_

// AWASE_VECTOR_CLONES("avx2") before a function: it is compiled for processors with AVX2 and for all others, and the
// processor chooses when the program starts. The source stays the same, and so does what it computes.

// A clone is chosen before main, by a resolver that runs before ThreadSanitizer is ready for instrumented code.
#if defined(__SANITIZE_THREAD__)
#define AWASE_IS_TSAN
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define AWASE_IS_TSAN
#endif
#endif

#if defined(__x86_64__) && !defined(AWASE_IS_TSAN)
#define AWASE_VECTOR_CLONES(...) __attribute__((target_clones(__VA_ARGS__, "default")))
#else
#define AWASE_VECTOR_CLONES(...)
#endif

#endif  // AWASE_RELATIONS_INTERNAL_VECTOR_CLONES_H_
