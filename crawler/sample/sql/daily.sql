-- What runs every night, in order. The words after --- say when, by whom and as which model; {today} is the day of the run.

--- at=03:05 user=svc_dbt model=stg_payments
DELETE FROM analytics.stg_payments;
INSERT INTO analytics.stg_payments (payment_id, student_id, course_id, learner_key, country, paid_on, gross_usd, tax_usd, instructor_share_usd)
SELECT p.payment_id, p.student_id, e.course_id, sha256(lower(s.email)), s.country, date(p.paid_at),
  round(p.amount_cents / 100.0 * fx.usd_rate, 2), round(p.tax_cents / 100.0 * fx.usd_rate, 2),
  round(p.instructor_share_cents / 100.0 * fx.usd_rate, 2)
FROM raw_data.payments AS p
JOIN raw_data.enrollments AS e ON e.enrollment_id = p.enrollment_id
JOIN raw_data.students AS s ON s.student_id = p.student_id
JOIN raw_data.fx_rates AS fx ON fx.day = date(p.paid_at) AND fx.currency = p.currency
WHERE p.status IN ('paid', 'refunded') AND s.is_staff = 0;

--- at=03:08 user=svc_dbt model=stg_refunds
DELETE FROM analytics.stg_refunds;
INSERT INTO analytics.stg_refunds (refund_id, payment_id, refunded_on, refund_usd, reason)
SELECT r.refund_id, r.payment_id, date(r.refunded_at), round(r.amount_cents / 100.0 * fx.usd_rate, 2), r.reason
FROM raw_data.refunds AS r
JOIN raw_data.payments AS p ON p.payment_id = r.payment_id
JOIN raw_data.fx_rates AS fx ON fx.day = date(p.paid_at) AND fx.currency = p.currency;

--- at=03:12 user=svc_dbt model=dim_student
DELETE FROM analytics.dim_student;
INSERT INTO analytics.dim_student (student_id, learner_key, full_name, email, country, language, city, birth_year, is_staff, signed_up_on)
SELECT s.student_id, sha256(lower(s.email)), s.full_name, lower(s.email), s.country, s.language, a.city,
  CAST(substr(s.birth_date, 1, 4) AS INTEGER), s.is_staff, date(s.created_at)
FROM raw_data.students AS s
LEFT JOIN (SELECT student_id, max(city) AS city FROM raw_data.addresses GROUP BY student_id) AS a ON a.student_id = s.student_id;

--- at=03:15 user=svc_dbt model=dim_instructor
DELETE FROM analytics.dim_instructor;
INSERT INTO analytics.dim_instructor (instructor_id, full_name, email, country, joined_on, courses)
SELECT i.instructor_id, i.full_name, i.email, i.country, i.joined_on, count(c.course_id)
FROM raw_data.instructors AS i
LEFT JOIN raw_data.courses AS c ON c.instructor_id = i.instructor_id
GROUP BY i.instructor_id, i.full_name, i.email, i.country, i.joined_on;

--- at=03:18 user=svc_dbt model=dim_course
DELETE FROM analytics.dim_course;
INSERT INTO analytics.dim_course (course_id, title, category, instructor_id, language, price_usd, status, lectures, minutes, published_on)
SELECT c.course_id, c.title, k.name, c.instructor_id, c.language, c.price_usd_cents / 100.0, c.status, count(l.lecture_id), sum(l.minutes), c.published_on
FROM raw_data.courses AS c
JOIN raw_data.categories AS k USING (category_id)
LEFT JOIN raw_data.lectures AS l ON l.course_id = c.course_id
GROUP BY c.course_id, c.title, k.name, c.instructor_id, c.language, c.price_usd_cents, c.status, c.published_on;

--- at=03:22 user=svc_dbt model=fct_enrollment
DELETE FROM analytics.fct_enrollment;
INSERT INTO analytics.fct_enrollment (enrollment_id, student_id, course_id, channel, enrolled_on, completed_on, is_paid)
SELECT e.enrollment_id, e.student_id, e.course_id, e.channel, date(e.enrolled_at), date(e.completed_at),
  CASE WHEN p.payment_id IS NULL THEN 0 ELSE 1 END
FROM raw_data.enrollments AS e
LEFT JOIN analytics.stg_payments AS p ON p.student_id = e.student_id AND p.course_id = e.course_id;

--- at=03:26 user=svc_dbt model=fct_revenue
DELETE FROM analytics.fct_revenue;
INSERT INTO analytics.fct_revenue (entry_id, payment_id, entry_kind, booked_on, course_id, learner_key, country, gross_usd, refund_usd, tax_usd, instructor_share_usd, net_revenue)
SELECT 'p' || p.payment_id, p.payment_id, 'sale', p.paid_on, p.course_id, p.learner_key, p.country,
  p.gross_usd, 0.0, p.tax_usd, p.instructor_share_usd,
  round(p.gross_usd - p.tax_usd - p.instructor_share_usd, 2)
FROM analytics.stg_payments AS p
UNION ALL
SELECT 'r' || r.refund_id, p.payment_id, 'refund', r.refunded_on, p.course_id, p.learner_key, p.country,
  0.0, r.refund_usd, -p.tax_usd, -p.instructor_share_usd,
  round(p.tax_usd + p.instructor_share_usd - r.refund_usd, 2)
FROM analytics.stg_refunds AS r
JOIN analytics.stg_payments AS p ON p.payment_id = r.payment_id;

--- at=03:31 user=svc_dbt model=fct_learning_activity
DELETE FROM analytics.fct_learning_activity;
INSERT INTO analytics.fct_learning_activity (day, student_id, lectures, minutes)
SELECT date(v.watched_at), v.student_id, count(DISTINCT v.lecture_id), round(sum(v.seconds) / 60.0, 1)
FROM raw_data.lecture_views AS v
GROUP BY date(v.watched_at), v.student_id;

--- at=03:34 user=svc_dbt model=fct_review
DELETE FROM analytics.fct_review;
INSERT INTO analytics.fct_review (review_id, course_id, learner_key, stars, reviewed_on)
SELECT r.review_id, r.course_id, s.learner_key, r.stars, date(r.created_at)
FROM raw_data.reviews AS r
JOIN analytics.dim_student AS s ON s.student_id = r.student_id;

--- at=03:36 user=svc_dbt model=fct_support_ticket
DELETE FROM analytics.fct_support_ticket;
INSERT INTO analytics.fct_support_ticket (ticket_id, student_id, contact_email, subject, status, opened_on, hours_to_answer)
SELECT t.ticket_id, t.student_id, t.contact_email, t.subject, t.status, date(t.opened_at),
  round((julianday(t.answered_at) - julianday(t.opened_at)) * 24, 1)
FROM raw_data.support_tickets AS t;

--- at=03:41 user=svc_dbt model=revenue_daily
DELETE FROM analytics.revenue_daily;
INSERT INTO analytics.revenue_daily (day, country, payments, gross_usd, refund_usd, tax_usd, instructor_share_usd, net_revenue)
SELECT f.booked_on, f.country, sum(CASE WHEN f.entry_kind = 'sale' THEN 1 ELSE 0 END),
  round(sum(f.gross_usd), 2), round(sum(f.refund_usd), 2), round(sum(f.tax_usd), 2),
  round(sum(f.instructor_share_usd), 2), round(sum(f.net_revenue), 2)
FROM analytics.fct_revenue AS f
GROUP BY f.booked_on, f.country;

--- at=03:44 user=svc_dbt model=revenue_daily_v1
DELETE FROM analytics.revenue_daily_v1;
INSERT INTO analytics.revenue_daily_v1 (day, country, orders, revenue)
SELECT date(e.enrolled_at), s.country, count(*), round(sum(p.amount_cents / 100.0 * fx.usd_rate), 2)
FROM raw_data.payments AS p
JOIN raw_data.enrollments AS e ON e.enrollment_id = p.enrollment_id
JOIN raw_data.students AS s ON s.student_id = p.student_id
JOIN raw_data.fx_rates AS fx ON fx.day = date(p.paid_at) AND fx.currency = p.currency
WHERE p.status = 'paid'
GROUP BY date(e.enrolled_at), s.country;

--- at=03:48 user=svc_dbt model=instructor_revenue_share
DELETE FROM analytics.instructor_revenue_share;
INSERT INTO analytics.instructor_revenue_share (month, instructor_id, instructor_name, sales, share_usd)
SELECT substr(f.booked_on, 1, 7), c.instructor_id, i.full_name, sum(f.entry_kind = 'sale'), round(sum(f.instructor_share_usd), 2)
FROM analytics.fct_revenue AS f
JOIN analytics.dim_course AS c ON c.course_id = f.course_id
JOIN analytics.dim_instructor AS i ON i.instructor_id = c.instructor_id
GROUP BY substr(f.booked_on, 1, 7), c.instructor_id, i.full_name;

--- at=03:52 user=svc_dbt model=active_students_daily
DELETE FROM analytics.active_students_daily;
INSERT INTO analytics.active_students_daily (day, country, active_students)
WITH span AS (
  SELECT DISTINCT day AS last_day, date(day, '-27 days') AS first_day
  FROM analytics.fct_learning_activity WHERE day >= date('{today}', '-60 days')
), seen AS (
  SELECT DISTINCT span.last_day, a.student_id
  FROM span
  JOIN analytics.fct_learning_activity AS a ON a.day BETWEEN span.first_day AND span.last_day
)
SELECT seen.last_day, s.country, count(*)
FROM seen
JOIN analytics.dim_student AS s ON s.student_id = seen.student_id
WHERE s.is_staff = 0
GROUP BY seen.last_day, s.country;

--- at=03:56 user=svc_dbt model=active_instructors_monthly
DELETE FROM analytics.active_instructors_monthly;
INSERT INTO analytics.active_instructors_monthly (month, country, active_instructors)
WITH sold AS (
  SELECT DISTINCT substr(f.booked_on, 1, 7) AS month, c.instructor_id
  FROM analytics.fct_revenue AS f
  JOIN analytics.dim_course AS c ON c.course_id = f.course_id
  WHERE f.entry_kind = 'sale' AND c.status = 'published'
)
SELECT sold.month, i.country, count(*)
FROM sold
JOIN analytics.dim_instructor AS i ON i.instructor_id = sold.instructor_id
GROUP BY sold.month, i.country;

--- at=04:02 user=svc_dbt model=student_360
DELETE FROM analytics.student_360;
INSERT INTO analytics.student_360 (student_id, learner_key, profile, courses, spent_usd, last_active_on, tickets)
SELECT d.student_id, d.learner_key,
  json_object('name', d.full_name, 'email', d.email, 'phone', s.phone, 'city', d.city, 'country', d.country),
  coalesce(e.courses, 0), coalesce(m.spent_usd, 0.0), a.last_active_on, coalesce(t.tickets, 0)
FROM analytics.dim_student AS d
JOIN raw_data.students AS s ON s.student_id = d.student_id
LEFT JOIN (SELECT student_id, count(*) AS courses FROM analytics.fct_enrollment GROUP BY student_id) AS e ON e.student_id = d.student_id
LEFT JOIN (SELECT learner_key, round(sum(gross_usd - refund_usd), 2) AS spent_usd FROM analytics.fct_revenue GROUP BY learner_key) AS m ON m.learner_key = d.learner_key
LEFT JOIN (SELECT student_id, max(day) AS last_active_on FROM analytics.fct_learning_activity GROUP BY student_id) AS a ON a.student_id = d.student_id
LEFT JOIN (SELECT student_id, count(*) AS tickets FROM analytics.fct_support_ticket GROUP BY student_id) AS t ON t.student_id = d.student_id;

--- at=04:07 user=svc_ml tool=sparkml
DELETE FROM analytics.churn_features;
INSERT INTO analytics.churn_features (learner_key, days_since_active, courses, completed, minutes_28d, spent_usd, churn_risk)
SELECT s.learner_key, CAST(julianday('{today}') - julianday(s.last_active_on) AS INTEGER), s.courses,
  coalesce(e.completed, 0), coalesce(w.minutes_28d, 0.0), s.spent_usd,
  CASE WHEN julianday('{today}') - julianday(s.last_active_on) > 90 THEN 'high'
       WHEN julianday('{today}') - julianday(s.last_active_on) > 30 THEN 'medium' ELSE 'low' END
FROM analytics.student_360 AS s
LEFT JOIN (SELECT student_id, count(completed_on) AS completed FROM analytics.fct_enrollment GROUP BY student_id) AS e ON e.student_id = s.student_id
LEFT JOIN (SELECT student_id, sum(minutes) AS minutes_28d FROM analytics.fct_learning_activity
           WHERE day > date('{today}', '-28 days') GROUP BY student_id) AS w ON w.student_id = s.student_id
WHERE s.last_active_on IS NOT NULL;

--- at=04:11 user=svc_dbt model=marketing_mailing_list
DELETE FROM analytics.marketing_mailing_list;
INSERT INTO analytics.marketing_mailing_list (email, first_name, country, segment, added_on)
SELECT lower(s.email), substr(s.full_name, 1, instr(s.full_name || ' ', ' ') - 1), s.country, coalesce(c.churn_risk, 'never started'), date(s.created_at)
FROM raw_data.students AS s
LEFT JOIN analytics.churn_features AS c ON c.learner_key = sha256(lower(s.email))
WHERE s.marketing_opt_in = 1 AND s.is_staff = 0;

--- at=04:15 user=svc_dbt model=course_ratings
DELETE FROM analytics.course_ratings;
INSERT INTO analytics.course_ratings (course_id, reviews, avg_stars, last_review_on)
SELECT r.course_id, count(*), round(avg(r.stars), 2), max(r.reviewed_on)
FROM analytics.fct_review AS r GROUP BY r.course_id;

--- at=04:18 user=svc_dbt model=course_funnel
DELETE FROM analytics.course_funnel;
INSERT INTO analytics.course_funnel (course_id, enrolled, paid, started, completed)
SELECT e.course_id, count(*), sum(e.is_paid), count(v.student_id), count(e.completed_on)
FROM analytics.fct_enrollment AS e
LEFT JOIN (SELECT DISTINCT w.student_id, l.course_id FROM raw_data.lecture_views AS w
           JOIN raw_data.lectures AS l ON l.lecture_id = w.lecture_id) AS v
  ON v.student_id = e.student_id AND v.course_id = e.course_id
GROUP BY e.course_id;

--- at=04:21 user=svc_dbt model=campaign_performance
DELETE FROM analytics.campaign_performance;
INSERT INTO analytics.campaign_performance (month, channel, clicks, spend_usd, enrollments, cost_per_enrollment)
SELECT a.month, a.channel, a.clicks, a.spend_usd, coalesce(e.enrollments, 0), round(a.spend_usd / e.enrollments, 2)
FROM (SELECT substr(day, 1, 7) AS month, channel, sum(clicks) AS clicks, round(sum(spend_usd), 2) AS spend_usd
      FROM raw_data.ad_spend GROUP BY substr(day, 1, 7), channel) AS a
LEFT JOIN (SELECT substr(enrolled_on, 1, 7) AS month, channel, count(*) AS enrollments
           FROM analytics.fct_enrollment GROUP BY substr(enrolled_on, 1, 7), channel) AS e
  ON e.month = a.month AND e.channel = a.channel;

--- at=04:24 user=svc_dbt model=dashboard_usage_daily
DELETE FROM analytics.dashboard_usage_daily;
INSERT INTO analytics.dashboard_usage_daily (day, tool, dashboard, viewers, views)
SELECT viewed_on, tool, dashboard, count(DISTINCT viewer), sum(views)
FROM raw_data.dashboard_views GROUP BY viewed_on, tool, dashboard;

--- at=04:40 user=svc_pricing tool=cron
DELETE FROM adhoc.revenue_tmp;
INSERT INTO adhoc.revenue_tmp (day, course_id, country, amount, currency, status)
SELECT date(p.paid_at), e.course_id, s.country, p.amount_cents / 100.0, p.currency, p.status
FROM raw_data.payments AS p
JOIN raw_data.enrollments AS e ON e.enrollment_id = p.enrollment_id
JOIN raw_data.students AS s ON s.student_id = p.student_id;
