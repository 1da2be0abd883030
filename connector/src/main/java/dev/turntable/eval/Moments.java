package dev.turntable.eval;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The moments of pairs of numbers, or of single ones, which then are the first's. Of exact numbers the
 * sums are exact, and the result is rounded once; of approximate ones Welford's method loses no
 * digits.
 */
interface Moments {
  /** Adds a pair; of single numbers the second is not looked at. */
  void add(Object x, Object y);

  long count();

  /** Returns the sum of the squared distances of the first from their mean. */
  double xx();

  /** Returns the sum of the products of the distances from both means. */
  double xy();

  /** Returns the sum of the squared distances of the second from their mean. */
  double yy();

  double meanX();

  double meanY();

  /** Returns the moments of as many arguments: one or two. */
  static Moments of(Arguments arguments, int count) {
    for (int i = 0; i < count; i++) {
      if (SqlTypes.isApproximate(arguments.type(i))) {
        return new Approximate();
      }
    }
    return new Exact(count == 2);
  }

  final class Exact implements Moments {
    private final boolean pairs;
    private long count;
    private BigDecimal x = BigDecimal.ZERO;
    private BigDecimal y = BigDecimal.ZERO;
    private BigDecimal xx = BigDecimal.ZERO;
    private BigDecimal xy = BigDecimal.ZERO;
    private BigDecimal yy = BigDecimal.ZERO;

    Exact(boolean pairs) {
      this.pairs = pairs;
    }

    @Override
    public void add(Object first, Object second) {
      BigDecimal a = Numbers.exact(first);
      count++;
      x = x.add(a);
      xx = xx.add(a.multiply(a));
      if (pairs) {
        BigDecimal b = Numbers.exact(second);
        y = y.add(b);
        xy = xy.add(a.multiply(b));
        yy = yy.add(b.multiply(b));
      }
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public double xx() {
      return distances(xx, x, x);
    }

    @Override
    public double xy() {
      return distances(xy, x, y);
    }

    @Override
    public double yy() {
      return distances(yy, y, y);
    }

    @Override
    public double meanX() {
      return x.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
    }

    @Override
    public double meanY() {
      return y.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
    }

    /** The sum of products less the product of the sums over the count, without a rounding between. */
    private double distances(BigDecimal products, BigDecimal a, BigDecimal b) {
      BigDecimal n = BigDecimal.valueOf(count);
      return products
          .multiply(n)
          .subtract(a.multiply(b))
          .divide(n, MathContext.DECIMAL128)
          .doubleValue();
    }
  }

  final class Approximate implements Moments {
    private long count;
    private double meanX;
    private double meanY;
    private double xx;
    private double xy;
    private double yy;

    @Override
    public void add(Object first, Object second) {
      double x = ((Number) first).doubleValue();
      double y = ((Number) second).doubleValue();
      count++;
      double deltaX = x - meanX;
      double deltaY = y - meanY;
      meanX += deltaX / count;
      meanY += deltaY / count;
      xx += deltaX * (x - meanX);
      xy += deltaX * (y - meanY);
      yy += deltaY * (y - meanY);
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public double xx() {
      return xx;
    }

    @Override
    public double xy() {
      return xy;
    }

    @Override
    public double yy() {
      return yy;
    }

    @Override
    public double meanX() {
      return meanX;
    }

    @Override
    public double meanY() {
      return meanY;
    }
  }
}
