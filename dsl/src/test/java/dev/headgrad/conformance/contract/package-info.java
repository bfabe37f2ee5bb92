/** What the real MXNet gave, case by case, on every engine. */
package dev.headgrad.conformance.contract;
